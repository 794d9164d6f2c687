import type { SessionChange } from "@/lib/domain/events";
import type { SessionStatus } from "@/lib/domain/session";
import type { SessionClaim } from "../../instance-store";
import type { WriteOutcome } from "../../write-outcome";
import { dueAfter, toActivityChange, unlessForgiven } from "../activity-sql";
import type { Client } from "../connection";
import { Prisma } from "../generated/client";
import { prepareEach } from "../prepare-each";
import { readSessionById, type SessionRow, toSessionRecord } from "../session-row";
import type { SessionWrite } from "../statement";

/** Gives sessions to living boots of their server, each under a new epoch, unless another living boot owns them. */
export function claimSessionsWrite(client: Client): SessionWrite<SessionClaim, WriteOutcome> {
  return {
    name: "claim",
    folds: false,
    keysOf: ({ sessionId, id }) => [sessionId, `instance:${id}`],
    prepare: (claims) =>
      prepareEach(claims, {
        statementsOf: (claim) => [
          judge(client, claim),
          insertEvent(client, claim),
          restartActivity(client, claim),
          handOver(client, claim),
          readSessionById(client, claim.sessionId),
        ],
        settle: ([judged, , , , read], claim) =>
          settle(judged as { status: SessionStatus }[], read as SessionRow[], claim),
      }),
  };
}

function settle(
  [before]: { status: SessionStatus }[],
  [row]: SessionRow[],
  { now }: SessionClaim,
): { result: WriteOutcome; changes: SessionChange[] } {
  if (!before || !row) return { result: { outcome: "lost" }, changes: [] };
  const session = toSessionRecord(row);
  const { pk, createdAt } = session;
  const activity = toActivityChange(row);
  const change: SessionChange =
    before.status === "active"
      ? { type: "touched", pk, activity }
      : { type: "resumed", pk, from: before.status, createdAt, at: now, activity };
  return { result: { outcome: "won", session }, changes: [change] };
}

/** The session, as `s` and `a`, if the boot `i` may have it. */
function claimable({ sessionId, id, bootId, now }: SessionClaim): Prisma.Sql {
  return Prisma.sql`
    "Session" s JOIN "SessionActivity" a ON a."sessionPk" = s."pk"
    JOIN "Instance" i ON i."id" = ${id} AND i."bootId" = ${bootId}
    WHERE s."id" = ${sessionId} AND i."serverId" = s."serverId" AND i."status" = 'alive' AND i."drainingSince" IS NULL
      AND a."deadlineAt" > ${now} AND (+s."status" = 'disconnected' OR +s."status" = 'active' AND NOT EXISTS (
        SELECT 1 FROM "Instance" o WHERE o."pk" = a."instancePk" AND o."status" = 'alive'))`;
}

function judge(client: Client, claim: SessionClaim) {
  return client.$queryRaw<unknown[]>`SELECT s."status" FROM ${claimable(claim)}`;
}

function insertEvent(client: Client, claim: SessionClaim) {
  return client.$queryRaw<unknown[]>`
    INSERT INTO "SessionEvent" ("sessionPk", "type", "at", "data")
    SELECT s."pk", 'claimed', ${claim.now}, json_object('instanceId', i."id", 'epoch', a."epoch" + 1, 'from', s."status")
    FROM ${claimable(claim)}`;
}

/** Somebody asks for it, so it is in use: its idle time begins anew. What was in flight went with the old owner. */
function restartActivity(client: Client, claim: SessionClaim) {
  const due = dueAfter(Prisma.sql`${claim.now}`);
  return client.$queryRaw<unknown[]>`
    UPDATE "SessionActivity" AS a SET "epoch" = a."epoch" + 1, "instancePk" = w."instancePk",
      "lastActivityAt" = max(a."lastActivityAt", ${claim.now}), "inFlight" = 0, "disconnectedAt" = NULL,
      "deadlineAt" = ${unlessForgiven(due, claim.now)}, "nextCheckAt" = ${due}
    FROM (SELECT s."pk", i."pk" AS "instancePk" FROM ${claimable(claim)}) AS w
    WHERE a."sessionPk" = w."pk"`;
}

/** Only where the activity already has the new owner and the session itself does not, as after the statement before. */
function handOver(client: Client, { sessionId, id, bootId }: SessionClaim) {
  return client.$queryRaw<unknown[]>`
    UPDATE "Session" AS s SET "status" = 'active', "endReason" = NULL, "endDetail" = NULL, "endedAt" = NULL,
      "instanceId" = i."id", "instancePk" = i."pk"
    FROM "SessionActivity" a, "Instance" i
    WHERE s."id" = ${sessionId} AND a."sessionPk" = s."pk" AND i."id" = ${id} AND i."bootId" = ${bootId}
      AND a."instancePk" = i."pk" AND a."nextCheckAt" IS NOT NULL AND a."disconnectedAt" IS NULL
      AND (+s."status" = 'disconnected' OR +s."status" = 'active' AND s."instancePk" IS NOT i."pk")`;
}
