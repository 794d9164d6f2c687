import type { SessionChange } from "@/lib/domain/events";
import type { SessionStatus } from "@/lib/domain/session";
import type { RedeemOutcome, TokenRedemption } from "../../token-store";
import { NEVER, toActivityChange } from "../activity-sql";
import type { Client } from "../connection";
import { Prisma } from "../generated/client";
import { prepareEach } from "../prepare-each";
import { originOf } from "../session-origin";
import { readSessionById, type SessionRow, toSessionRecord } from "../session-row";
import type { SessionWrite } from "../statement";
import { exchanged, isGood, lastExpiry, TOKEN_COLUMNS, tokenValues } from "../token-sql";

/**
 * Exchanges tokens for their successors and makes their sessions active again, each under a new epoch. The first
 * statement decides; the token's successor, which nobody else knows, tells the others that it did.
 */
export function redeemTokensWrite(client: Client): SessionWrite<TokenRedemption, RedeemOutcome> {
  return {
    name: "redeem",
    folds: false,
    keysOf: ({ sessionId, instance }) => (instance ? [sessionId, `instance:${instance.id}`] : [sessionId]),
    prepare: (redemptions) =>
      prepareEach(redemptions, {
        statementsOf: (redemption) => [
          exchangeToken(client, redemption),
          readStatus(client, redemption),
          insertEvent(client, redemption),
          insertSuccessor(client, redemption),
          restartActivity(client, redemption),
          resumeSession(client, redemption),
          readSessionById(client, redemption.sessionId),
        ],
        settle: (answers, redemption) =>
          settle(answers[1] as { status: SessionStatus }[], answers[6] as SessionRow[], redemption),
      }),
  };
}

interface Settled {
  result: RedeemOutcome;
  changes: SessionChange[];
}

function settle([before]: { status: SessionStatus }[], [row]: SessionRow[], { now }: TokenRedemption): Settled {
  if (!before || !row) return { result: { outcome: "lost" }, changes: [] };
  const session = toSessionRecord(row);
  const { pk, createdAt } = session;
  const activity = toActivityChange(row);
  const change: SessionChange =
    before.status === "active"
      ? { type: "touched", pk, activity }
      : { type: "resumed", pk, from: before.status, createdAt, at: now, activity, origin: originOf(session) };
  return { result: { outcome: "won", session }, changes: [change] };
}

/** Sessions that can be taken up: an overdue one only once its end is on record. */
function resumable({ sessionId, successor, instance, now }: TokenRedemption): Prisma.Sql {
  const hasTaker = instance
    ? Prisma.sql`EXISTS (SELECT 1 FROM "Instance" i WHERE i."id" = ${instance.id} AND i."bootId" = ${instance.bootId}
        AND i."status" = 'alive' AND i."drainingSince" IS NULL AND i."serverId" = s."serverId")`
    : Prisma.sql`true`;
  return Prisma.sql`
    SELECT s."pk" FROM "Session" s JOIN "SessionActivity" a ON a."sessionPk" = s."pk"
    WHERE s."id" = ${sessionId} AND s."supersededBy" IS NULL AND coalesce(a."lifetimeEndsAt", ${NEVER}) > ${now}
      AND (+s."status" = 'expired' OR +s."status" IN ('active', 'disconnected') AND a."deadlineAt" > ${now})
      AND a."epoch" = ${successor.epoch - 1} AND ${hasTaker}`;
}

function exchangeToken(client: Client, redemption: TokenRedemption) {
  const { hash, successor, now } = redemption;
  return client.$queryRaw<unknown[]>`
    UPDATE "ReconnectToken" SET "redeemedAt" = ${now}, "successor" = ${JSON.stringify(successor)}
    WHERE "hash" = ${hash} AND ${isGood(now)} AND "sessionPk" = (${resumable(redemption)})`;
}

function readStatus(client: Client, { hash, successor }: TokenRedemption) {
  return client.$queryRaw<unknown[]>`
    SELECT s."status" FROM (${exchanged(hash, successor)}) e JOIN "Session" s ON s."pk" = e."sessionPk"`;
}

function insertEvent(client: Client, { hash, successor, instance, now }: TokenRedemption) {
  return client.$queryRaw<unknown[]>`
    INSERT INTO "SessionEvent" ("sessionPk", "type", "at", "data")
    SELECT s."pk", 'reconnected', ${now}, json_object('from', s."status", 'epoch', ${successor.epoch},
      'instanceId', coalesce(${instance?.id ?? null}, s."instanceId"))
    FROM (${exchanged(hash, successor)}) e JOIN "Session" s ON s."pk" = e."sessionPk"`;
}

function insertSuccessor(client: Client, { hash, successor }: TokenRedemption) {
  return client.$queryRaw<unknown[]>`
    INSERT INTO "ReconnectToken" ("sessionPk", ${TOKEN_COLUMNS})
    SELECT e."sessionPk", ${tokenValues(successor)} FROM (${exchanged(hash, successor)}) e`;
}

/** The boot that takes a session; without one it stays with the boot that has it, if that is alive. */
function takerOf({ instance }: TokenRedemption): Prisma.Sql {
  return instance
    ? Prisma.sql`(SELECT i."pk" FROM "Instance" i WHERE i."id" = ${instance.id} AND i."bootId" = ${instance.bootId})`
    : Prisma.sql`(SELECT i."pk" FROM "Instance" i WHERE i."pk" = a."instancePk" AND i."status" = 'alive')`;
}

/** A client asks for it, so it is in use: its idle time begins anew. What was in flight went with the connection. */
function restartActivity(client: Client, redemption: TokenRedemption) {
  const { hash, successor, now } = redemption;
  const deadline = Prisma.sql`min(${now} + a."idleTimeoutMs", coalesce(a."lifetimeEndsAt", ${NEVER}))`;
  return client.$queryRaw<unknown[]>`
    UPDATE "SessionActivity" AS a SET "epoch" = a."epoch" + 1, "instancePk" = ${takerOf(redemption)},
      "lastActivityAt" = max(a."lastActivityAt", ${now}), "inFlight" = 0, "disconnectedAt" = NULL,
      "deadlineAt" = ${deadline}, "nextCheckAt" = ${deadline}
    WHERE a."sessionPk" = (${exchanged(hash, successor)})`;
}

function resumeSession(client: Client, redemption: TokenRedemption) {
  const { hash, successor, instance, now } = redemption;
  return client.$queryRaw<unknown[]>`
    UPDATE "Session" AS s SET "status" = 'active', "endReason" = NULL, "endDetail" = NULL, "endedAt" = NULL,
      "reconnectCount" = s."reconnectCount" + 1, "tokenExpiresAt" = ${lastExpiry(Prisma.sql`s."pk"`, now)},
      "instanceId" = coalesce(${instance?.id ?? null}, s."instanceId"),
      "instancePk" = coalesce((SELECT a."instancePk" FROM "SessionActivity" a WHERE a."sessionPk" = s."pk"), s."instancePk")
    WHERE s."pk" = (${exchanged(hash, successor)})`;
}
