import type { SessionChange } from "@/lib/domain/events";
import type { Revival } from "../../instance-store";
import { type ActivityRow, dueAfter, NEVER, toActivityChange, unlessForgiven } from "../activity-sql";
import type { Client } from "../connection";
import { Prisma } from "../generated/client";
import { prepareEach } from "../prepare-each";
import type { SessionWrite } from "../statement";

/** Takes up again the sessions that were lost with a boot which is alive again. */
export function reviveSessionsWrite(client: Client): SessionWrite<Revival, { revived: number; more: boolean }> {
  return {
    name: "revive",
    folds: false,
    keysOf: () => null,
    prepare: (revivals) =>
      prepareEach(revivals, {
        statementsOf: (revival) => [
          insertEvents(client, revival),
          restoreActivity(client, revival),
          reactivateSessions(client),
        ],
        settle: ([, restored], { limit, now }) => {
          const rows = restored as RestoredRow[];
          const changes = rows.map((row) => toResumed(row, now));
          return { result: { revived: rows.length, more: rows.length === limit }, changes };
        },
      }),
  };
}

type RestoredRow = ActivityRow & { createdAt: number | bigint };

function toResumed(row: RestoredRow, at: number): SessionChange {
  const createdAt = Number(row.createdAt);
  const pk = Number(row.sessionPk);
  return { type: "resumed", pk, from: "disconnected", createdAt, at, activity: toActivityChange(row) };
}

/** Found through the status: there are few disconnected sessions, however many there are in all. */
function lostWithLivingBoot({ now, limit }: Revival): Prisma.Sql {
  return Prisma.sql`
    SELECT s."pk", i."id" AS "instanceId"
    FROM "Session" s CROSS JOIN "SessionActivity" a ON a."sessionPk" = s."pk" CROSS JOIN "Instance" i ON i."pk" = a."instancePk"
    WHERE s."status" = 'disconnected' AND s."endReason" = 'instance_lost' AND i."status" = 'alive'
      AND a."disconnectedAt" IS NOT NULL AND a."deadlineAt" > ${now}
    ORDER BY s."pk" LIMIT ${limit}`;
}

function insertEvents(client: Client, revival: Revival) {
  return client.$queryRaw<unknown[]>`
    INSERT INTO "SessionEvent" ("sessionPk", "type", "at", "data")
    SELECT d."pk", 'revived', ${revival.now}, json_object('instanceId', d."instanceId", 'from', 'disconnected')
    FROM (${lostWithLivingBoot(revival)}) d`;
}

/** With the first sign of life the deadline may move back out of the grace period: the next check comes no later. */
function restoreActivity(client: Client, revival: Revival) {
  const { now, graceMs } = revival;
  const deadline = Prisma.sql`
    min(max(a."lastActivityAt" + a."idleTimeoutMs", ${now + graceMs}), coalesce(a."lifetimeEndsAt", ${NEVER}))`;
  return client.$queryRaw<unknown[]>`
    UPDATE "SessionActivity" AS a SET "disconnectedAt" = NULL, "deadlineAt" = ${unlessForgiven(deadline, now)},
      "nextCheckAt" = ${dueAfter(Prisma.sql`a."lastActivityAt"`)}
    FROM (${lostWithLivingBoot(revival)}) AS d WHERE a."sessionPk" = d."pk"
    RETURNING "sessionPk", "lastActivityAt", "lastHeartbeatAt", "inFlight", "deadlineAt",
      (SELECT s."createdAt" FROM "Session" s WHERE s."pk" = "sessionPk") AS "createdAt"`;
}

/** A disconnected session whose activity says otherwise is one that this transaction has just restored. */
function reactivateSessions(client: Client) {
  return client.$queryRaw<unknown[]>`
    UPDATE "Session" SET "status" = 'active', "endReason" = NULL, "endDetail" = NULL, "endedAt" = NULL WHERE "pk" IN (
      SELECT s."pk" FROM "Session" s CROSS JOIN "SessionActivity" a ON a."sessionPk" = s."pk"
      WHERE s."status" = 'disconnected' AND a."disconnectedAt" IS NULL)`;
}
