import type { LogEntry } from "@/lib/domain/events";
import type { LogQuery } from "../../log-store";
import type { Client } from "../connection";
import { Prisma } from "../generated/client";
import { type EventRow, toSessionEvent } from "./find-sessions";

type LogRow = EventRow & { pk: number | bigint; sessionId: string; server: string };

/** Cross joins keep their order: through the log by its key, from each entry to its session. */
export async function readLog(
  client: Client,
  { after, upTo, limit, server, sessionId }: LogQuery,
): Promise<LogEntry[]> {
  const rows = await client.$queryRaw<LogRow[]>`
    SELECT e."seq", e."type", e."at", e."reason", e."data", s."pk", s."id" AS "sessionId", v."name" AS "server"
    FROM "SessionEvent" e CROSS JOIN "Session" s ON s."pk" = e."sessionPk" CROSS JOIN "Server" v ON v."id" = s."serverId"
    WHERE e."seq" > ${after}
      ${upTo === null ? Prisma.empty : Prisma.sql`AND e."seq" <= ${upTo}`}
      ${server === null ? Prisma.empty : Prisma.sql`AND v."name" = ${server}`}
      ${sessionId === null ? Prisma.empty : Prisma.sql`AND s."id" = ${sessionId}`}
    ORDER BY e."seq" LIMIT ${limit}`;
  return rows.map((row) => ({
    ...toSessionEvent(row),
    pk: Number(row.pk),
    sessionId: row.sessionId,
    server: row.server,
  }));
}

/** SQLite's own count of the numbers it gave: it does not fall back when entries are purged. */
export async function readLogPosition(client: Client): Promise<number> {
  const [row] = await client.$queryRaw<{ seq: number | bigint }[]>`
    SELECT "seq" FROM "sqlite_sequence" WHERE "name" = 'SessionEvent'`;
  return row ? Number(row.seq) : 0;
}

export async function findPks(client: Client, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await client.$queryRaw<{ id: string; pk: number | bigint }[]>`
    SELECT "id", "pk" FROM "Session" WHERE "id" IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;
  return new Map(rows.map(({ id, pk }) => [id, Number(pk)]));
}
