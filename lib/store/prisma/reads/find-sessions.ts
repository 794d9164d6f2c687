import type { SessionEvent, SessionEventType } from "@/lib/domain/events";
import type { EndReason, JsonObject, SessionRecord } from "@/lib/domain/session";
import type { BeatOutcome, OpenCommand } from "../../session-store";
import { viewSession } from "@/lib/domain/session-view";
import { DEFAULT_HEALTH_THRESHOLDS } from "@/lib/domain/health";
import type { Client } from "../connection";
import {
  readSessionById,
  readSessionsById,
  SESSION_COLUMNS,
  SESSION_TABLES,
  type SessionRow,
  toSessionRecord,
} from "../session-row";

export async function findSession(client: Client, id: string): Promise<SessionRecord | null> {
  const [row] = await readSessionById(client, id);
  return row ? toSessionRecord(row) : null;
}

export async function findSessionByIdempotencyKey(client: Client, key: string) {
  const [row] = await client.$queryRaw<(SessionRow & { idempotencyHash: string })[]>`
    SELECT ${SESSION_COLUMNS}, s."idempotencyHash" FROM ${SESSION_TABLES} WHERE s."idempotencyKey" = ${key}`;
  return row ? { session: toSessionRecord(row), hash: row.idempotencyHash } : null;
}

export async function findSessionsByPk(client: Client, pks: readonly number[]): Promise<SessionRecord[]> {
  const rows = await client.$queryRaw<SessionRow[]>`
    SELECT ${SESSION_COLUMNS} FROM ${SESSION_TABLES} WHERE s."pk" IN (SELECT value FROM json_each(${JSON.stringify(pks)}))`;
  const recordOf = new Map(rows.map((row) => [Number(row.pk), toSessionRecord(row)]));
  return pks.flatMap((pk) => recordOf.get(pk) ?? []);
}

/** Why sessions did not take a beat, by id; unknown ids are absent. */
export async function explainLostBeats(
  client: Client,
  ids: readonly string[],
  now: number,
): Promise<Map<string, BeatOutcome>> {
  const rows = await readSessionsById(client, JSON.stringify(ids));
  return new Map(
    rows.map((row) => {
      const { status, endReason } = viewSession(toSessionRecord(row), now, DEFAULT_HEALTH_THRESHOLDS);
      return [row.id, { outcome: "gone", status, reason: endReason ?? "unknown" }];
    }),
  );
}

export async function listEvents(
  client: Client,
  id: string,
  { after, limit }: { after: number; limit: number },
): Promise<SessionEvent[]> {
  const rows = await client.sessionEvent.findMany({
    where: { session: { id }, seq: { gt: after } },
    orderBy: { seq: "asc" },
    take: limit,
  });
  return rows.map(({ seq, type, at, reason, data }) => ({
    seq,
    type: type as SessionEventType,
    at: Number(at),
    reason: reason as EndReason | null,
    data: data === null ? null : (JSON.parse(data) as JsonObject),
  }));
}

/** Open commands of the servers that the named sessions belong to; one bound to an instance only for that instance. */
export function readOpenCommands(client: Client, sessionIds: readonly string[], since: number): Promise<OpenCommand[]> {
  return client.$queryRaw<OpenCommand[]>`
    WITH "mine" AS (
      SELECT DISTINCT b."serverId", b."instanceId"
      FROM json_each(${JSON.stringify(sessionIds)}) j JOIN "Session" b ON b."id" = j.value)
    SELECT DISTINCT c."id", c."type", s."id" AS "sessionId", c."reason", c."createdAt"
    FROM "Command" c
    JOIN "mine" m ON m."serverId" = c."serverId" AND (c."instanceId" IS NULL OR c."instanceId" = m."instanceId")
    JOIN "Session" s ON s."pk" = c."sessionPk"
    WHERE c."acknowledgedAt" IS NULL AND c."createdAt" >= ${since}
    ORDER BY c."createdAt" LIMIT 100`;
}
