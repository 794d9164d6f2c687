import type { SessionEventType, SessionOrigin } from "@/lib/domain/events";
import type { HealthProjection } from "@/lib/domain/projection/health-projection";
import { MINUTE_MS } from "@/lib/domain/projection/minute-series";
import type { EndReason, SessionStatus } from "@/lib/domain/session";
import { BUCKET_MINUTES, firstMinuteOf } from "@/lib/domain/projection/range-totals";
import { type ActivityRow, toActivityChange } from "../activity-sql";
import type { Client } from "../connection";
import { Prisma } from "../generated/client";
import { ORIGIN_COLUMNS } from "../session-origin";

type Integer = number | bigint;

const HISTORY_MS = 7 * 24 * 60 * MINUTE_MS;
const CHUNK = 20_000;
const RECENT_ROWS = 64;
/** A session that one of these happened to has stopped being active, unless it was not active before. */
const END_EVENTS: readonly SessionEventType[] = ["disconnected", "expired", "closed", "terminated"];
/** And is active again after one of these, unless it still was. */
const RESUME_EVENTS: readonly SessionEventType[] = ["revived", "claimed", "reconnected"];

/** Fills an empty projection from the database: once at start, in chunks, so that memory stays flat. */
export async function rebuildProjection(client: Client, projection: HealthProjection, now: number): Promise<void> {
  await loadStatusCounts(client, projection);
  await loadOpen(client, projection, now);
  await loadRecent(client, projection);
  await loadStarts(client, projection, now - HISTORY_MS);
  for (const minutes of BUCKET_MINUTES) await loadOrigins(client, projection, { minutes, now });
  await loadTransitions(client, projection, now - HISTORY_MS);
  await loadRuns(client, projection, now - HISTORY_MS);
}

async function loadStatusCounts(client: Client, projection: HealthProjection): Promise<void> {
  const counts = await client.session.groupBy({ by: ["status"], _count: true });
  for (const { status, _count } of counts) projection.seedStatus(status as SessionStatus, _count);
}

async function loadOpen(client: Client, projection: HealthProjection, now: number): Promise<void> {
  await eachChunk<ActivityRow & SessionOrigin & { disconnectedAt: Integer | null }>(
    (after) => client.$queryRaw`
      SELECT a."sessionPk", a."lastActivityAt", a."lastHeartbeatAt", a."inFlight", a."deadlineAt", a."disconnectedAt",
        ${ORIGIN_COLUMNS}
      FROM "SessionActivity" a CROSS JOIN "Session" s ON s."pk" = a."sessionPk" JOIN "Server" v ON v."id" = s."serverId"
      WHERE a."sessionPk" > ${after} AND a."nextCheckAt" IS NOT NULL ORDER BY a."sessionPk" LIMIT ${CHUNK}`,
    (row) => Number(row.sessionPk),
    (row) => {
      const pk = Number(row.sessionPk);
      if (row.disconnectedAt === null) projection.seedActive(pk, { activity: toActivityChange(row), origin: row }, now);
      else projection.seedDisconnected(pk, { recoverUntil: Number(row.deadlineAt), origin: row }, now);
    },
  );
}

async function loadRecent(client: Client, projection: HealthProjection): Promise<void> {
  const rows = await client.sessionActivity.findMany({
    orderBy: { lastActivityAt: "desc" },
    take: RECENT_ROWS,
    select: { sessionPk: true, lastActivityAt: true },
  });
  for (const { sessionPk, lastActivityAt } of rows) projection.recent.touch(sessionPk, Number(lastActivityAt));
}

async function loadStarts(client: Client, projection: HealthProjection, since: number): Promise<void> {
  const rows = await client.$queryRaw<{ minute: Integer; count: Integer }[]>`
    SELECT "at" / ${MINUTE_MS} AS "minute", count(*) AS "count" FROM "SessionEvent"
    WHERE "at" >= ${since} AND "type" = 'created' GROUP BY 1`;
  for (const { minute, count } of rows) projection.series.addStart(Number(minute) * MINUTE_MS, Number(count));
}

interface Tier {
  minutes: number;
  now: number;
}

/** Who started sessions, in buckets of one size. */
async function loadOrigins(client: Client, projection: HealthProjection, { minutes, now }: Tier): Promise<void> {
  const bucketMs = minutes * MINUTE_MS;
  const rows = await client.$queryRaw<(SessionOrigin & { bucket: Integer; count: Integer })[]>`
    SELECT e."at" / ${bucketMs} AS "bucket", ${ORIGIN_COLUMNS}, count(*) AS "count"
    FROM "SessionEvent" e CROSS JOIN "Session" s ON s."pk" = e."sessionPk" JOIN "Server" v ON v."id" = s."serverId"
    WHERE e."at" >= ${firstMinuteOf(minutes, now) * MINUTE_MS} AND e."type" = 'created'
    GROUP BY 1, s."serverId", s."clientName", s."protocolVersion"`;
  for (const row of rows) {
    const starts = { origin: row, count: Number(row.count) };
    projection.ranges.seedStarts(minutes, Number(row.bucket) * bucketMs, starts);
  }
}

async function loadTransitions(client: Client, projection: HealthProjection, since: number): Promise<void> {
  interface TransitionRow {
    seq: Integer;
    type: SessionEventType;
    at: Integer;
    reason: EndReason;
    from: SessionStatus | null;
    createdAt: Integer;
  }
  await eachChunk<TransitionRow>(
    (after) => client.$queryRaw`
      SELECT e."seq", e."type", e."at", e."reason", e."data" ->> 'from' AS "from", s."createdAt"
      FROM "SessionEvent" e JOIN "Session" s ON s."pk" = e."sessionPk"
      WHERE e."seq" > ${after} AND e."at" >= ${since} AND e."type" IN (${Prisma.join([...END_EVENTS, ...RESUME_EVENTS])})
      ORDER BY e."seq" LIMIT ${CHUNK}`,
    (row) => Number(row.seq),
    (row) => {
      const [at, createdAt] = [Number(row.at), Number(row.createdAt)];
      const isEnd = END_EVENTS.includes(row.type);
      const wasActive = row.from === null ? isEnd : row.from === "active";
      if (isEnd && wasActive) {
        projection.series.addEnd({ reason: row.reason, createdAt, endedAt: at });
        projection.ranges.addEnd(at, at - createdAt);
      }
      if (!isEnd && !wasActive) projection.series.addResume({ createdAt, at });
    },
  );
}

/** With the last run before: what came after it is a restart, however long nobody was there. */
async function loadRuns(client: Client, projection: HealthProjection, since: number): Promise<void> {
  const before = await client.registryRun.findFirst({ where: { lastSeenAt: { lt: since } }, orderBy: { id: "desc" } });
  const within = await client.registryRun.findMany({ where: { lastSeenAt: { gte: since } }, orderBy: { id: "asc" } });
  const runs = before ? [before, ...within] : within;
  const current = runs.at(-1)?.id;
  for (const { id, startedAt, lastSeenAt } of runs) {
    projection.runs.push({
      from: Number(startedAt),
      to: id === current ? Number.POSITIVE_INFINITY : Number(lastSeenAt),
    });
  }
}

async function eachChunk<Row>(
  read: (after: number) => PromiseLike<Row[]>,
  keyOf: (row: Row) => number,
  take: (row: Row) => void,
): Promise<void> {
  for (let after = 0; ;) {
    const rows = await read(after);
    for (const row of rows) take(row);
    const last = rows.at(-1);
    if (!last || rows.length < CHUNK) return;
    after = keyOf(last);
  }
}
