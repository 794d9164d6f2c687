import type { SessionHealth } from "@/lib/domain/health";
import type { SessionStatus } from "@/lib/domain/session";
import type { ListedSession, ListQuery } from "../../session-store";
import { IDLE_SINCE } from "../activity-sql";
import type { Client } from "../connection";
import { Prisma } from "../generated/client";
import { SESSION_COLUMNS, SESSION_TABLES, type SessionRow, toSessionRecord } from "../session-row";

/** Sessions are created in the order of their keys, so the primary key is the order by creation. */
const SORT_COLUMNS = {
  createdAt: Prisma.sql`s."pk"`,
  lastActivityAt: Prisma.sql`a."lastActivityAt"`,
  endedAt: Prisma.sql`s."endedAt"`,
};

export async function listSessions(client: Client, query: ListQuery): Promise<ListedSession[]> {
  const sort = SORT_COLUMNS[query.sort];
  const direction = query.order === "asc" ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const rows = await client.$queryRaw<SessionRow[]>`
    SELECT ${SESSION_COLUMNS} FROM ${SESSION_TABLES}
    WHERE ${Prisma.join(conditionsOf(query), " AND ")}
    ORDER BY ${sort} ${direction}, s."pk" ${direction}
    LIMIT ${query.limit}`;
  return rows.map((row) => {
    const session = toSessionRecord(row);
    return { session, sortValue: sortValueOf(query.sort, session) };
  });
}

function sortValueOf(sort: ListQuery["sort"], session: ListedSession["session"]): number | null {
  if (sort === "createdAt") return session.pk;
  return sort === "endedAt" ? session.endedAt : session.activity.lastActivityAt;
}

function conditionsOf(query: ListQuery): Prisma.Sql[] {
  const conditions = [Prisma.sql`1 = 1`];
  if (query.sort === "endedAt") conditions.push(Prisma.sql`s."endedAt" IS NOT NULL`);
  if (query.statuses) conditions.push(anyOf(query.statuses.map((status) => hasStatus(status, query.now))));
  if (query.health) conditions.push(anyOf(query.health.map((health) => hasHealth(health, query))));
  if (query.server !== null) {
    conditions.push(Prisma.sql`s."serverId" = (SELECT "id" FROM "Server" WHERE "name" = ${query.server})`);
  }
  if (query.client !== null) {
    conditions.push(Prisma.sql`(s."clientName" = ${query.client} OR s."clientId" = ${query.client})`);
  }
  if (query.principal !== null) conditions.push(Prisma.sql`s."principal" = ${query.principal}`);
  if (query.text !== null) conditions.push(containsText(query.text));
  if (query.after) conditions.push(isAfter(query, query.after));
  return conditions;
}

function anyOf(alternatives: Prisma.Sql[]): Prisma.Sql {
  return Prisma.sql`(${Prisma.join(alternatives, " OR ")})`;
}

/** A session whose deadline has passed is expired, recorded or not. */
function hasStatus(status: SessionStatus, now: number): Prisma.Sql {
  if (status === "active") return Prisma.sql`(s."status" = 'active' AND a."deadlineAt" > ${now})`;
  if (status === "disconnected") return Prisma.sql`(s."status" = 'disconnected' AND a."deadlineAt" > ${now})`;
  if (status !== "expired") return Prisma.sql`s."status" = ${status}`;
  return Prisma.sql`
    (s."status" = 'expired' OR (s."status" IN ('active', 'disconnected') AND a."deadlineAt" <= ${now}))`;
}

function hasHealth(health: SessionHealth, { now, thresholds }: ListQuery): Prisma.Sql {
  const idle = Prisma.sql`${now} - ${IDLE_SINCE}`;
  const { agingAfterMs, staleAfterMs } = thresholds;
  const age = {
    healthy: Prisma.sql`${idle} < ${agingAfterMs}`,
    aging: Prisma.sql`${idle} >= ${agingAfterMs} AND ${idle} <= ${staleAfterMs}`,
    stale: Prisma.sql`${idle} > ${staleAfterMs}`,
  }[health];
  return Prisma.sql`(${hasStatus("active", now)} AND ${age})`;
}

function containsText(text: string): Prisma.Sql {
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  const columns = [
    Prisma.sql`s."id"`,
    Prisma.sql`v."name"`,
    Prisma.sql`s."clientName"`,
    Prisma.sql`s."clientId"`,
    Prisma.sql`s."principal"`,
  ];
  return anyOf(columns.map((column) => Prisma.sql`${column} LIKE ${pattern} ESCAPE '\\'`));
}

function isAfter({ sort, order }: ListQuery, { value, pk }: { value: number | null; pk: number }): Prisma.Sql {
  const column = SORT_COLUMNS[sort];
  if (sort === "createdAt") return order === "asc" ? Prisma.sql`s."pk" > ${pk}` : Prisma.sql`s."pk" < ${pk}`;
  return order === "asc"
    ? Prisma.sql`(${column}, s."pk") > (${value}, ${pk})`
    : Prisma.sql`(${column}, s."pk") < (${value}, ${pk})`;
}
