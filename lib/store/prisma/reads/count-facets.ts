import { setImmediate } from "node:timers/promises";
import { FACET_FIELDS, type FacetCounts, type FacetField, type FacetQuery } from "../../session-list-store";
import type { Client } from "../connection";
import { Prisma } from "../generated/client";
import { SESSION_TABLES } from "../session-row";
import { type FacetGroup, FacetTally } from "./facet-tally";
import { planByKey } from "./plan-walk";
import { allOf, conditionOf } from "./session-conditions";
import { healthAt, isProbeAt, reasonAt, statusAt } from "./session-sql";
import { walkSessions } from "./walk-sessions";

/**
 * Counts in one pass: rows are grouped by the values of all fields and by whether they fit the terms on each of them, so that
 * a field's own terms can be left out of its counts.
 */
export async function countFacets(client: Client, query: FacetQuery): Promise<FacetCounts> {
  const others = query.terms.filter(({ field }) => !isFacet(field));
  const groups = Prisma.join(FACET_FIELDS.flatMap((field) => [valueOf(field, query), fitOf(field, query)]));
  const where = allOf(others.map((term) => conditionOf(term, query)));
  const tally = new FacetTally();
  for (const strand of await planByKey(client, others)) {
    for await (const { condition, size, end } of walkSessions(client, { strand, order: "desc", after: null })) {
      tally.add(
        await client.$queryRaw<FacetGroup[]>`
          SELECT ${groups}, count(*) AS "count" FROM ${SESSION_TABLES} WHERE ${condition} AND ${where}
          GROUP BY ${GROUP_BY}`,
      );
      tally.scanned += size;
      if (end && tally.scanned >= query.maxScanned) return tally.result({ ...query, isComplete: false });
    }
    await setImmediate();
  }
  return tally.result({ ...query, isComplete: true });
}

function isFacet(field: string): field is FacetField {
  return FACET_FIELDS.some((known) => known === field);
}

/** By position: all columns but the count. */
const GROUP_BY = Prisma.raw(FACET_FIELDS.flatMap((_, index) => [2 * index + 1, 2 * index + 2]).join(", "));

function valueOf(field: FacetField, query: FacetQuery): Prisma.Sql {
  const value = {
    status: () => statusAt(query),
    health: () => healthAt(query),
    server: () => Prisma.sql`v."name"`,
    client: () => Prisma.sql`nullif(s."clientName", '')`,
    reason: () => reasonAt(query),
    protocol: () => Prisma.sql`s."protocolVersion"`,
    is: () => Prisma.sql`CASE WHEN ${isProbeAt(query)} THEN 'probe' END`,
  }[field]();
  return Prisma.sql`${value} AS ${Prisma.raw(`"${field}"`)}`;
}

/** Whether a row fits the terms on a field. */
function fitOf(field: FacetField, query: FacetQuery): Prisma.Sql {
  const terms = query.terms.filter((term) => term.field === field);
  const fits = terms.length === 0 ? Prisma.sql`1` : allOf(terms.map((term) => conditionOf(term, query)));
  return Prisma.sql`coalesce(${fits}, 0) AS ${Prisma.raw(`"${field}Fits"`)}`;
}
