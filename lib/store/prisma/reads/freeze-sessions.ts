import type { FrozenSessions, SessionSet, TerminableStatus } from "../../termination-store";
import type { Client } from "../connection";
import { Prisma } from "../generated/client";
import { SESSION_TABLES } from "../session-row";
import { ofStatus, planByKey, recordedStatuses } from "./plan-walk";
import { allOf, filterConditions } from "./session-conditions";
import { walkSessions } from "./walk-sessions";

type Integer = number | bigint;

/** Goes through all sessions of the set, a stretch at a time; those beyond the limit are only counted. */
export async function freezeSessions(client: Client, set: SessionSet, limit: number): Promise<FrozenSessions> {
  const frozen: FrozenSessions = { matched: 0, terminable: 0, sessions: [] };
  const disconnected = await readDisconnected(client, set, limit);
  for await (const condition of stretchesOf(client, set)) {
    const { matched, terminable } = await countIn(client, condition, set.now);
    const room = Math.min(terminable, limit - frozen.sessions.length);
    if (room > 0) frozen.sessions.push(...(await readTerminable(client, condition, { now: set.now, limit: room })));
    frozen.matched += matched;
    frozen.terminable += terminable;
  }
  // One that changed its status meanwhile has been met twice, or not at all if it was taken up again.
  const byPk = new Map(frozen.sessions.map((session) => [session.pk, session]));
  const twice = frozen.sessions.length - byPk.size;
  const missed = frozen.terminable > limit ? [] : disconnected.filter(({ pk }) => !byPk.has(pk));
  return {
    matched: frozen.matched - twice + missed.length,
    terminable: frozen.terminable - twice + missed.length,
    sessions: [...byPk.values(), ...missed].sort((a, b) => a.pk - b.pk).slice(0, limit),
  };
}

/** Those that could be taken up again while the others are gone through. */
async function readDisconnected(client: Client, set: SessionSet, limit: number): Promise<FrozenSessions["sessions"]> {
  if ("ids" in set) return [];
  const statuses = recordedStatuses(set.filter.terms);
  if (!statuses.includes("active") || !statuses.includes("disconnected")) return [];
  const strand = ofStatus("disconnected");
  const matches = allOf(filterConditions(set.filter));
  const found: FrozenSessions["sessions"] = [];
  for await (const { condition } of walkSessions(client, { strand, order: "asc", after: null })) {
    const room = { now: set.now, limit: limit - found.length };
    if (room.limit > 0) found.push(...(await readTerminable(client, Prisma.sql`${condition} AND ${matches}`, room)));
  }
  return found;
}

async function* stretchesOf(client: Client, set: SessionSet): AsyncGenerator<Prisma.Sql> {
  if ("ids" in set) {
    yield Prisma.sql`s."id" IN (SELECT value FROM json_each(${JSON.stringify(set.ids)}))`;
    return;
  }
  const matches = allOf(filterConditions(set.filter));
  for (const strand of await planByKey(client, set.filter.terms)) {
    for await (const { condition } of walkSessions(client, { strand, order: "asc", after: null })) {
      yield Prisma.sql`${condition} AND ${matches}`;
    }
  }
}

/** The same sessions that an end by an operator finds: open ones, and those that a reconnect token could bring back. */
function canEnd(now: number): Prisma.Sql {
  return Prisma.sql`(+s."status" IN ('active', 'disconnected') AND a."deadlineAt" > ${now}
    OR +s."status" IN ('active', 'disconnected', 'expired') AND coalesce(s."tokenExpiresAt" > ${now}, 0))`;
}

async function countIn(client: Client, condition: Prisma.Sql, now: number) {
  const [row] = await client.$queryRaw<{ matched: Integer; terminable: Integer | null }[]>`
    SELECT count(*) AS "matched", sum(${canEnd(now)}) AS "terminable" FROM ${SESSION_TABLES} WHERE ${condition}`;
  return { matched: Number(row?.matched ?? 0), terminable: Number(row?.terminable ?? 0) };
}

async function readTerminable(
  client: Client,
  condition: Prisma.Sql,
  { now, limit }: { now: number; limit: number },
): Promise<FrozenSessions["sessions"]> {
  const rows = await client.$queryRaw<{ pk: Integer; id: string; server: string; status: string }[]>`
    SELECT s."pk", s."id", v."name" AS "server",
      CASE WHEN a."deadlineAt" > ${now} THEN s."status" ELSE 'expired' END AS "status"
    FROM ${SESSION_TABLES} WHERE ${condition} AND ${canEnd(now)} ORDER BY s."pk" LIMIT ${limit}`;
  return rows.map(({ pk, id, server, status }) => ({ pk: Number(pk), id, server, status: status as TerminableStatus }));
}
