import type { SessionEvent, SessionEventType } from "@/lib/domain/events";
import type { EndReason, JsonObject, SessionRecord } from "@/lib/domain/session";
import type { BeatOutcome } from "../../session-store";
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

/** Why sessions did not take a beat, by id; absent are unknown ids, and those registered only after the beat. */
export async function explainLostBeats(
  client: Client,
  ids: readonly string[],
  now: number,
): Promise<Map<string, BeatOutcome>> {
  const rows = await readSessionsById(client, JSON.stringify(ids));
  return new Map(
    rows.flatMap((row): [string, BeatOutcome][] => {
      const { status, endReason } = viewSession(toSessionRecord(row), now, DEFAULT_HEALTH_THRESHOLDS);
      return status === "active" ? [] : [[row.id, { outcome: "gone", status, reason: endReason ?? "unknown" }]];
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
