import type { QueryTerm } from "@/lib/domain/session-query/query-term";
import type { SessionRecord } from "@/lib/domain/session";
import type { ListedSession, ListQuery } from "../../session-list-store";
import type { Client } from "../connection";
import { Prisma } from "../generated/client";
import { SESSION_COLUMNS, SESSION_TABLES, type SessionRow, toSessionRecord } from "../session-row";
import { listByActivity } from "./list-by-activity";
import { planAgainstChanges } from "./plan-walk";
import { allOf, filterConditions } from "./session-conditions";
import { directionOf, laterSign, type Strand, walkSessions } from "./walk-sessions";

/** Sessions are created in the order of their keys, so the primary key is the order by creation. */
const SORT_COLUMNS = {
  createdAt: Prisma.sql`s."pk"`,
  lastActivityAt: Prisma.sql`a."lastActivityAt"`,
  endedAt: Prisma.sql`s."endedAt"`,
};

export async function listSessions(client: Client, query: ListQuery): Promise<ListedSession[]> {
  const ids = namedIds(query.terms);
  if (ids) return listByIds(client, query, ids);
  if (query.sort === "lastActivityAt") return listByActivity(client, query);
  const strands: Strand[] =
    query.sort === "endedAt" ? [{ key: "endedAt" }] : await planAgainstChanges(client, query.terms);
  const byPk = new Map<number, ListedSession>();
  for (const strand of strands) {
    for (const listed of await listStrand(client, query, strand)) byPk.set(listed.session.pk, listed);
  }
  const found = [...byPk.values()];
  // Each strand is in order already, and together they may hold more than is wanted.
  if (strands.length > 1) found.sort((a, b) => (a.session.pk - b.session.pk) * (query.order === "asc" ? 1 : -1));
  return found.slice(0, query.limit);
}

async function listStrand(client: Client, query: ListQuery, strand: Strand): Promise<ListedSession[]> {
  const { order, limit, after } = query;
  const from = after && { value: after.value ?? after.pk, pk: after.pk };
  const found: ListedSession[] = [];
  for await (const { condition } of walkSessions(client, { strand, order, after: from })) {
    const rows = await readRows(client, query, { condition, limit: limit - found.length });
    found.push(...rows);
    if (found.length >= limit) break;
  }
  return found;
}

/** So few rows that they are read at once. */
function listByIds(client: Client, query: ListQuery, ids: readonly string[]): Promise<ListedSession[]> {
  const conditions = [
    Prisma.sql`s."id" IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
    ...(query.sort === "endedAt" ? [Prisma.sql`+s."endedAt" IS NOT NULL`] : []),
    ...(query.after ? [isAfter(query, query.after)] : []),
  ];
  return readRows(client, query, { condition: allOf(conditions), limit: query.limit });
}

async function readRows(
  client: Client,
  query: ListQuery,
  { condition, limit }: { condition: Prisma.Sql; limit: number },
): Promise<ListedSession[]> {
  const direction = directionOf(query.order);
  const rows = await client.$queryRaw<SessionRow[]>`
    SELECT ${SESSION_COLUMNS} FROM ${SESSION_TABLES}
    WHERE ${condition} AND ${allOf(filterConditions(query))}
    ORDER BY ${SORT_COLUMNS[query.sort]} ${direction}, s."pk" ${direction}
    LIMIT ${limit}`;
  return rows.map((row) => {
    const session = toSessionRecord(row);
    return { session, sortValue: sortValueOf(query.sort, session) };
  });
}

function sortValueOf(sort: ListQuery["sort"], session: SessionRecord): number | null {
  if (sort === "createdAt") return session.pk;
  return sort === "endedAt" ? session.endedAt : session.activity.lastActivityAt;
}

function isAfter({ sort, order }: ListQuery, { value, pk }: { value: number | null; pk: number }): Prisma.Sql {
  const position = Prisma.sql`(${SORT_COLUMNS[sort]}, s."pk")`;
  const sign = laterSign(order);
  return Prisma.sql`${position} ${sign} (${sort === "createdAt" ? pk : value}, ${pk})`;
}

/** The only ids that a session can have; null when the terms leave that open. */
function namedIds(terms: readonly QueryTerm[]): string[] | null {
  const term = terms.find((candidate) => candidate.field === "id" && !candidate.isNot);
  if (term?.field !== "id" || term.values.some((pattern) => pattern.length > 1)) return null;
  return term.values.map(([id]) => id ?? "");
}
