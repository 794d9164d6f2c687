import type { SessionEvent, SessionEventType } from "@/lib/domain/events";
import type { EndReason, JsonObject, SessionRecord } from "@/lib/domain/session";
import type { Beat, BeatOutcome } from "../../session-store";
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

/** Why sessions did not take their beat; absent are unknown ids, and those registered only after the beat. */
export async function explainLostBeats(
  client: Client,
  beats: readonly Beat[],
  now: number,
): Promise<Map<Beat, BeatOutcome | null>> {
  const rows = await readSessionsById(client, JSON.stringify([...new Set(beats.map(({ id }) => id))]));
  const recordOf = new Map(rows.map((row) => [row.id, toSessionRecord(row)]));
  const serverOf = await readServersOfBoots(client, beats);
  const explained = new Map<Beat, BeatOutcome | null>();
  for (const beat of beats) {
    const record = recordOf.get(beat.id);
    const reporter = serverOf.get(beat.ifInstancePk ?? null);
    // Another server's sessions are nothing to it, whatever has become of them.
    const isForeign = reporter !== undefined && reporter !== record?.server;
    if (record && !isForeign) explained.set(beat, whyLost(record, beat, now));
  }
  return explained;
}

/** Of which servers the boots are that report. */
async function readServersOfBoots(client: Client, beats: readonly Beat[]): Promise<Map<number | null, string>> {
  const pks = [...new Set(beats.flatMap(({ ifInstancePk = null }) => ifInstancePk ?? []))];
  if (pks.length === 0) return new Map();
  const rows = await client.$queryRaw<{ pk: number | bigint; server: string }[]>`
    SELECT i."pk", v."name" AS "server" FROM "Instance" i JOIN "Server" v ON v."id" = i."serverId"
    WHERE i."pk" IN (SELECT value FROM json_each(${JSON.stringify(pks)}))`;
  return new Map(rows.map(({ pk, server }) => [Number(pk), server]));
}

function whyLost(record: SessionRecord, beat: Beat, now: number): BeatOutcome | null {
  const { status, endReason } = viewSession(record, now, DEFAULT_HEALTH_THRESHOLDS);
  if (isFenced(record, beat)) return { outcome: "fenced" };
  if (status === "active") return null;
  return { outcome: status === "disconnected" ? status : "gone", status, reason: endReason ?? "unknown" };
}

/** Somebody else's by now, whatever has become of it: only its owner is to act on its end. */
function isFenced({ activity, instancePk }: SessionRecord, { ifEpoch = null, ifInstancePk = null }: Beat): boolean {
  return (
    (ifEpoch !== null && ifEpoch !== activity.epoch) ||
    (ifInstancePk !== null && instancePk !== null && ifInstancePk !== instancePk)
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
  return rows.map(toSessionEvent);
}

/** The latest event of one of the types. */
export async function findLastEvent(
  client: Client,
  id: string,
  types: readonly SessionEventType[],
): Promise<SessionEvent | null> {
  const row = await client.sessionEvent.findFirst({
    where: { session: { id }, type: { in: [...types] } },
    orderBy: { seq: "desc" },
  });
  return row && toSessionEvent(row);
}

export interface EventRow {
  seq: number | bigint;
  type: string;
  at: number | bigint;
  reason: string | null;
  data: string | null;
}

export function toSessionEvent({ seq, type, at, reason, data }: EventRow): SessionEvent {
  return {
    seq: Number(seq),
    type: type as SessionEventType,
    at: Number(at),
    reason: reason as EndReason | null,
    data: data === null ? null : (JSON.parse(data) as JsonObject),
  };
}
