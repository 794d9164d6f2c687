import type { EndReason } from "@/lib/domain/session";
import type { Client } from "../connection";
import { Prisma } from "../generated/client";
import { prepareEach } from "../prepare-each";
import type { SessionWrite } from "../statement";

/** How soon a session is looked at again whose deadline could move back at any moment. */
const RECHECK_MS = 500;

/** Activity rows that a sweep has to do with; a deadline that has just moved back lies before its next check. */
export function needsSweep(now: number): Prisma.Sql {
  return Prisma.sql`"nextCheckAt" <= ${now + RECHECK_MS} AND ("nextCheckAt" <= ${now} OR "deadlineAt" <= ${now})`;
}

export interface ExpirySweep {
  now: number;
  limit: number;
}

export interface SweepOutcome {
  expired: number;
  more: boolean;
}

interface ExpiredRow {
  pk: number | bigint;
  endReason: EndReason;
  createdAt: number | bigint;
  endedAt: number | bigint;
  disconnectedAt: number | bigint | null;
}

/**
 * Records sessions whose deadline has passed, each with its event, and advances the check of those that a heartbeat has
 * kept alive meanwhile: their one index write per idle period.
 */
export function recordExpiredWrite(client: Client): SessionWrite<ExpirySweep, SweepOutcome> {
  return {
    name: "expire",
    folds: false,
    keysOf: () => null,
    prepare: (sweeps) =>
      prepareEach(sweeps, {
        statementsOf: (sweep) => [
          advanceChecks(client, sweep),
          insertEvents(client, sweep),
          expireSessions(client, sweep),
          stopChecks(client, sweep),
        ],
        settle,
      }),
  };
}

function settle([advanced, , expired]: readonly unknown[], { limit }: ExpirySweep) {
  const ended = expired as ExpiredRow[];
  const changes = ended.map((row) => ({
    type: "ended" as const,
    pk: Number(row.pk),
    from: row.disconnectedAt === null ? ("active" as const) : ("disconnected" as const),
    status: "expired" as const,
    reason: row.endReason,
    createdAt: Number(row.createdAt),
    endedAt: Number(row.endedAt),
    recoverUntil: null,
  }));
  const more = ended.length === limit || (advanced as unknown[]).length === limit;
  return { result: { expired: ended.length, more }, changes };
}

/**
 * A deadline may also move back: to the idle timeout once a request in flight has ended, or out of a grace period with the
 * first sign of life. The next check stays a lower bound of what it can become.
 */
function advanceChecks(client: Client, { now, limit }: ExpirySweep) {
  return client.$queryRaw<unknown[]>`
    UPDATE "SessionActivity"
    SET "nextCheckAt" = CASE WHEN "disconnectedAt" IS NOT NULL THEN "deadlineAt"
      ELSE min("deadlineAt", max("lastActivityAt" + "idleTimeoutMs", ${now + RECHECK_MS})) END WHERE "sessionPk" IN (
      SELECT "sessionPk" FROM "SessionActivity"
      WHERE "nextCheckAt" <= ${now} AND "deadlineAt" > ${now} ORDER BY "nextCheckAt" LIMIT ${limit})
    RETURNING "sessionPk"`;
}

/** The same sessions for every statement of one sweep: nothing it orders by changes before the last of them. */
function due({ now, limit }: ExpirySweep) {
  return Prisma.sql`
    SELECT a."sessionPk", a."deadlineAt", a."disconnectedAt",
      CASE WHEN a."lifetimeEndsAt" <= a."deadlineAt" THEN 'lifetime_exceeded'
        WHEN a."disconnectedAt" IS NOT NULL THEN 'recovery_window_over' ELSE 'idle_timeout' END AS "reason"
    FROM "SessionActivity" a
    WHERE a."nextCheckAt" <= ${now + RECHECK_MS} AND a."deadlineAt" <= ${now}
    ORDER BY a."nextCheckAt", a."sessionPk" LIMIT ${limit}`;
}

function insertEvents(client: Client, sweep: ExpirySweep) {
  return client.$queryRaw<unknown[]>`
    INSERT INTO "SessionEvent" ("sessionPk", "type", "at", "reason", "data")
    SELECT d."sessionPk", 'expired', d."deadlineAt", d."reason",
      CASE WHEN d."disconnectedAt" IS NOT NULL THEN json_object('from', 'disconnected') END
    FROM (${due(sweep)}) d ORDER BY d."deadlineAt"`;
}

/** The plus keeps SQLite from starting at the index on the status, which means a walk over all active sessions. */
function expireSessions(client: Client, sweep: ExpirySweep) {
  return client.$queryRaw<unknown[]>`
    UPDATE "Session" AS s SET "status" = 'expired', "endReason" = d."reason", "endDetail" = NULL,
      "endedAt" = d."deadlineAt"
    FROM (${due(sweep)}) AS d
    WHERE s."pk" = d."sessionPk" AND +s."status" IN ('active', 'disconnected')
    RETURNING "pk", "endReason", "createdAt", "endedAt",
      (SELECT a."disconnectedAt" FROM "SessionActivity" a WHERE a."sessionPk" = "pk") AS "disconnectedAt"`;
}

function stopChecks(client: Client, sweep: ExpirySweep) {
  return client.$queryRaw<unknown[]>`
    UPDATE "SessionActivity" SET "nextCheckAt" = NULL, "instancePk" = NULL
    WHERE "sessionPk" IN (SELECT d."sessionPk" FROM (${due(sweep)}) d)`;
}
