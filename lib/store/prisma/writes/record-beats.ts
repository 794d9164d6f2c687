import { IN_FLIGHT_TRUST_MS } from "@/lib/domain/deadlines";
import type { Beat } from "../../session-store";
import { type ActivityRow, NEVER, toTouchedChanges } from "../activity-sql";
import type { Client } from "../connection";
import { Prisma } from "../generated/client";
import type { SessionWrite } from "../statement";

export interface BeatBatch {
  beats: readonly Beat[];
  now: number;
}

/** Deadline of every session of the batch that took its beat. */
export type BeatDeadlines = ReadonlyMap<string, number>;

/**
 * Touches the hot rows of all sessions that are still open, in one statement and no index. Beats of one session at one
 * moment fold into one; beats of different moments may lie on either side of its deadline and follow each other.
 */
export function recordBeatsWrite(client: Client): SessionWrite<BeatBatch, BeatDeadlines> {
  return {
    name: "beats",
    folds: true,
    isSilent: true,
    keysOf: ({ beats }) => beats.map(({ id }) => id),
    weightOf: ({ beats }) => beats.length,
    prepare: (batches) => {
      const { waves, waveOf } = arrangeWaves(batches);
      return {
        statements: waves.map((wave) => touchRows(client, JSON.stringify([...wave.values()]))),
        settle: (answers) => settle(answers as TouchedRow[][], waveOf),
      };
    },
  };
}

type TouchedRow = ActivityRow & { id: string };

function settle(answers: TouchedRow[][], waveOf: ReadonlyMap<string, number>[]) {
  const deadlines = answers.map((rows) => new Map(rows.map((row) => [row.id, Number(row.deadlineAt)])));
  const [first = new Map<string, number>()] = deadlines;
  const results = deadlines.length <= 1 ? waveOf.map(() => first) : waveOf.map((waves) => pick(deadlines, waves));
  return { results, changes: toTouchedChanges(answers.flat()) };
}

function pick(deadlines: BeatDeadlines[], waves: ReadonlyMap<string, number>): BeatDeadlines {
  const picked = new Map<string, number>();
  for (const [id, wave] of waves) {
    const deadlineAt = deadlines[wave]?.get(id);
    if (deadlineAt !== undefined) picked.set(id, deadlineAt);
  }
  return picked;
}

type FoldedBeat = [
  id: string,
  now: number,
  activityAt: number | null,
  inFlight: number,
  requests: number,
  errors: number,
  /** Whether the first of them reports no activity: then a request that was in flight has ended by now. */
  beginsSilent: boolean,
  /** Absent: whichever they are. */
  ifEpoch?: number | null,
  ifInstancePk?: number | null,
];

function arrangeWaves(batches: readonly BeatBatch[]) {
  const waves: Map<string, FoldedBeat>[] = [];
  const lastWave = new Map<string, number>();
  const waveOf = batches.map(({ beats, now }) => {
    const own = new Map<string, number>();
    for (const { id, activityAt, inFlight, requests, errors, ifEpoch = null, ifInstancePk = null } of beats) {
      const row: FoldedBeat = [id, now, activityAt, inFlight, requests, errors, activityAt === null];
      if (ifEpoch !== null || ifInstancePk !== null) row.push(ifEpoch, ifInstancePk);
      const last = lastWave.get(id) ?? -1;
      const earlier = waves[last]?.get(id);
      const folds = earlier?.[1] === now && isSameOwner(earlier, row);
      const wave = folds ? last : last + 1;
      (waves[wave] ??= new Map<string, FoldedBeat>()).set(id, earlier && folds ? merge(earlier, row) : row);
      lastWave.set(id, wave);
      own.set(id, wave);
    }
    return own;
  });
  return { waves, waveOf };
}

function isSameOwner(one: FoldedBeat, other: FoldedBeat): boolean {
  return (one[7] ?? null) === (other[7] ?? null) && (one[8] ?? null) === (other[8] ?? null);
}

function merge(earlier: FoldedBeat, later: FoldedBeat): FoldedBeat {
  const [id, now, activityBefore, inFlightBefore, requestsBefore, errorsBefore, beginsSilent] = earlier;
  const [, , activityAt, inFlight, requests, errors, , ...owner] = later;
  // A request in flight is activity now, whether or not it still is.
  const before = inFlightBefore > 0 ? now : activityBefore;
  const latest = before === null ? activityAt : Math.max(before, activityAt ?? before);
  return [id, now, latest, inFlight, requestsBefore + requests, errorsBefore + errors, beginsSilent, ...owner];
}

/**
 * A deadline that would lie in the past is that of a session in its grace period, which a sign of life must not cut
 * short; or its request in flight turns out to have ended long ago, and then it expires now, not in the past.
 *
 * `LIMIT -1` keeps SQLite from merging the queries: each value is then taken out of the JSON, and computed, once.
 */
function touchRows(client: Client, beats: string) {
  return client.$queryRaw<unknown[]>`
    UPDATE "SessionActivity" AS a SET
      "lastHeartbeatAt" = target."now",
      "lastActivityAt" = target."activityAt",
      "inFlight" = target."inFlight",
      "requestCount" = a."requestCount" + target."requests",
      "errorCount" = a."errorCount" + target."errors",
      "deadlineAt" = CASE
        WHEN target."deadlineAt" > target."now" THEN target."deadlineAt"
        WHEN a."inFlight" > 0 AND target."inFlight" = 0 THEN target."now"
        ELSE a."deadlineAt" END
    FROM (
      SELECT fresh.*, min(fresh."activityAt" + CASE WHEN fresh."inFlight" > 0 THEN ${IN_FLIGHT_TRUST_MS} ELSE 0 END + fresh."idleTimeoutMs",
        coalesce(fresh."lifetimeEndsAt", ${NEVER})) AS "deadlineAt"
      FROM (
        SELECT s."pk", o."idleTimeoutMs", o."lifetimeEndsAt",
          d."now", d."inFlight", d."requests", d."errors", d."epoch", d."instancePk",
          max(o."lastActivityAt", CASE
            WHEN d."inFlight" > 0 THEN d."now"
            WHEN d."beginsSilent" AND o."inFlight" > 0 THEN d."now"
            ELSE coalesce(d."activityAt", 0) END) AS "activityAt",
          CASE WHEN d."instancePk" IS NULL THEN 1
            ELSE s."serverId" = (SELECT i."serverId" FROM "Instance" i WHERE i."pk" = d."instancePk") END AS "isOwnServer"
        FROM (${BEATS} FROM json_each(${beats}) j LIMIT -1) d
        JOIN "Session" s ON s."id" = d."id" JOIN "SessionActivity" o ON o."sessionPk" = s."pk"
        LIMIT -1
      ) fresh
      LIMIT -1
    ) AS target
    WHERE a."sessionPk" = target."pk" AND a."nextCheckAt" IS NOT NULL AND a."deadlineAt" > target."now" AND a."disconnectedAt" IS NULL
      AND coalesce(target."epoch", a."epoch") = a."epoch"
      AND target."isOwnServer" AND (target."instancePk" IS NULL OR coalesce(a."instancePk", target."instancePk") = target."instancePk")
    RETURNING "sessionPk", "lastActivityAt", "lastHeartbeatAt", "inFlight", "deadlineAt",
      (SELECT s."id" FROM "Session" s WHERE s."pk" = "sessionPk") AS "id"`;
}

/** The members of a `FoldedBeat` as columns. */
const BEATS = Prisma.sql`
  SELECT j.value ->> 0 AS "id", j.value ->> 1 AS "now", j.value ->> 2 AS "activityAt", j.value ->> 3 AS "inFlight",
    j.value ->> 4 AS "requests", j.value ->> 5 AS "errors", j.value ->> 6 AS "beginsSilent",
    j.value ->> 7 AS "epoch", j.value ->> 8 AS "instancePk"`;
