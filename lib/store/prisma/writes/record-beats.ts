import { IN_FLIGHT_TRUST_MS } from "@/lib/domain/deadlines";
import type { Beat } from "../../session-store";
import { type ActivityRow, NEVER, toActivityChange } from "../activity-sql";
import type { Client } from "../connection";
import type { SessionWrite } from "../statement";

export interface BeatBatch {
  beats: readonly Beat[];
  now: number;
}

/** Deadline of every session of the batch that took its beat. */
export type BeatDeadlines = ReadonlyMap<string, number>;

/**
 * Touches the hot rows of all sessions that are still open, in one statement and no index. Beats of one session fold
 * into one, so that a flush writes every row at most once.
 */
export function recordBeatsWrite(client: Client): SessionWrite<BeatBatch, BeatDeadlines> {
  return {
    name: "beats",
    folds: true,
    keysOf: ({ beats }) => beats.map(({ id }) => id),
    prepare: (batches) => ({
      statements: [touchRows(client, JSON.stringify(foldBeats(batches)))],
      settle: ([rows]) => {
        const touched = rows as (ActivityRow & { id: string })[];
        const deadlines = new Map(touched.map((row) => [row.id, Number(row.deadlineAt)]));
        const changes = touched.map((row) => ({
          type: "touched" as const,
          pk: Number(row.sessionPk),
          activity: toActivityChange(row),
        }));
        return { results: batches.map(() => deadlines), changes };
      },
    }),
  };
}

type FoldedBeat = [
  id: string,
  now: number,
  activityAt: number | null,
  inFlight: number,
  requests: number,
  errors: number,
];

function foldBeats(batches: readonly BeatBatch[]): FoldedBeat[] {
  const folded = new Map<string, FoldedBeat>();
  for (const { beats, now } of batches) {
    for (const beat of beats) {
      const row: FoldedBeat = [beat.id, now, beat.activityAt, beat.inFlight, beat.requests, beat.errors];
      const earlier = folded.get(beat.id);
      folded.set(beat.id, earlier ? merge(earlier, row) : row);
    }
  }
  return [...folded.values()];
}

function merge(earlier: FoldedBeat, later: FoldedBeat): FoldedBeat {
  const [id, , activityBefore, inFlightBefore, requestsBefore, errorsBefore] = earlier;
  const [, now, activityAt, inFlight, requests, errors] = later;
  // A request that was in flight and no longer is has ended in between.
  const before = inFlightBefore > 0 && activityAt === null ? now : activityBefore;
  const latest = before === null ? activityAt : Math.max(before, activityAt ?? before);
  return [id, now, latest, inFlight, requestsBefore + requests, errorsBefore + errors];
}

function touchRows(client: Client, beats: string) {
  return client.$queryRaw<unknown[]>`
    UPDATE "SessionActivity" AS a SET
      "lastHeartbeatAt" = b."now",
      "lastActivityAt" = b."activityAt",
      "inFlight" = b."inFlight",
      "requestCount" = a."requestCount" + b."requests",
      "errorCount" = a."errorCount" + b."errors",
      "deadlineAt" = min(
        b."activityAt" + CASE WHEN b."inFlight" > 0 THEN ${IN_FLIGHT_TRUST_MS} ELSE 0 END + a."idleTimeoutMs",
        coalesce(a."lifetimeEndsAt", ${NEVER}))
    FROM (
      SELECT s."pk", j.value ->> 1 AS "now", j.value ->> 3 AS "inFlight", j.value ->> 4 AS "requests", j.value ->> 5 AS "errors",
        max(o."lastActivityAt", CASE
          WHEN j.value ->> 3 > 0 THEN j.value ->> 1
          WHEN j.value ->> 2 IS NULL AND o."inFlight" > 0 THEN j.value ->> 1
          ELSE coalesce(j.value ->> 2, 0) END) AS "activityAt"
      FROM json_each(${beats}) j JOIN "Session" s ON s."id" = j.value ->> 0
      JOIN "SessionActivity" o ON o."sessionPk" = s."pk"
    ) AS b
    WHERE a."sessionPk" = b."pk" AND a."nextCheckAt" IS NOT NULL AND a."deadlineAt" > b."now"
    RETURNING "sessionPk", "lastActivityAt", "inFlight", "deadlineAt",
      (SELECT s."id" FROM "Session" s WHERE s."pk" = "sessionPk") AS "id"`;
}
