import type { SessionChange } from "@/lib/domain/events";
import type { SessionRecord, SessionStatus } from "@/lib/domain/session";
import type { TokenReuse } from "../../token-store";
import type { Client } from "../connection";
import { Prisma } from "../generated/client";
import { prepareEach } from "../prepare-each";
import { readSessionById, type SessionRow, toSessionRecord } from "../session-row";
import type { SessionWrite } from "../statement";

/** `isCommanded`: its MCP server is told, because it may still hold it. */
export type PunishOutcome = { outcome: "won"; session: SessionRecord; isCommanded: boolean } | { outcome: "lost" };

/** What the MCP server reads in the command. */
export const REUSE_DETAIL = "A used reconnect token came back.";

/**
 * Terminates sessions of which a used token came back: it may be stolen, and nobody can tell the thief from the owner.
 * None of their tokens is good any more.
 */
export function punishReuseWrite(client: Client): SessionWrite<TokenReuse, PunishOutcome> {
  return {
    name: "punish",
    folds: false,
    keysOf: ({ sessionId }) => [sessionId],
    prepare: (reuses) =>
      prepareEach(reuses, {
        statementsOf: (reuse) => [
          judge(client, reuse),
          insertEvent(client, reuse),
          insertCommand(client, reuse),
          terminate(client, reuse),
          revokeTokens(client, reuse),
          stopChecks(client, reuse),
          readSessionById(client, reuse.sessionId),
        ],
        settle: (answers, reuse) =>
          settle(answers[0] as { status: SessionStatus }[], answers[6] as SessionRow[], reuse),
      }),
  };
}

interface Settled {
  result: PunishOutcome;
  changes: SessionChange[];
}

function settle([before]: { status: SessionStatus }[], [row]: SessionRow[], { now }: TokenReuse): Settled {
  if (!before || !row) return { result: { outcome: "lost" }, changes: [] };
  const session = toSessionRecord(row);
  const { pk, createdAt } = session;
  const change: SessionChange = {
    type: "ended",
    ...{ pk, createdAt, from: before.status, status: "terminated", reason: "token_reuse" },
    ...{ endedAt: now, recoverUntil: null },
  };
  return { result: { outcome: "won", session, isCommanded: before.status !== "expired" }, changes: [change] };
}

/** The session as `s`, if the used token is one of its own and it has not ended for good; every step before the end asks. */
function guilty({ sessionId, hash, now }: TokenReuse): Prisma.Sql {
  return Prisma.sql`
    "Session" s JOIN "SessionActivity" a ON a."sessionPk" = s."pk" JOIN "ReconnectToken" t ON t."sessionPk" = s."pk"
    WHERE s."id" = ${sessionId} AND t."hash" = ${hash} AND t."redeemedAt" IS NOT NULL
      AND (+s."status" = 'expired' OR +s."status" IN ('active', 'disconnected') AND a."deadlineAt" > ${now})`;
}

function judge(client: Client, reuse: TokenReuse) {
  return client.$queryRaw<unknown[]>`SELECT s."status" FROM ${guilty(reuse)}`;
}

/** The merge patch drops what is null. */
function insertEvent(client: Client, reuse: TokenReuse) {
  return client.$queryRaw<unknown[]>`
    INSERT INTO "SessionEvent" ("sessionPk", "type", "at", "reason", "data")
    SELECT s."pk", 'terminated', ${reuse.now}, 'token_reuse', json_patch('{}', json_object(
      'commandId', CASE WHEN s."status" <> 'expired' THEN ${reuse.commandId} END,
      'from', nullif(s."status", 'active')))
    FROM ${guilty(reuse)}`;
}

function insertCommand(client: Client, reuse: TokenReuse) {
  return client.$queryRaw<unknown[]>`
    INSERT INTO "Command" ("id", "type", "sessionPk", "serverId", "instanceId", "reason", "createdAt")
    SELECT ${reuse.commandId}, 'terminate', s."pk", s."serverId", s."instanceId", ${REUSE_DETAIL}, ${reuse.now}
    FROM ${guilty(reuse)} AND +s."status" <> 'expired'`;
}

function terminate(client: Client, reuse: TokenReuse) {
  return client.$queryRaw<unknown[]>`
    UPDATE "Session" SET "status" = 'terminated', "endReason" = 'token_reuse', "endDetail" = NULL, "endedAt" = ${reuse.now},
      "tokenExpiresAt" = NULL
    WHERE "pk" = (SELECT s."pk" FROM ${guilty(reuse)})`;
}

/** From here on the session's own end says that it was this: done twice it changes nothing. */
function condemned({ sessionId }: TokenReuse): Prisma.Sql {
  return Prisma.sql`SELECT "pk" FROM "Session" WHERE "id" = ${sessionId} AND "endReason" = 'token_reuse'`;
}

function revokeTokens(client: Client, reuse: TokenReuse) {
  return client.$queryRaw<unknown[]>`
    UPDATE "ReconnectToken" SET "revokedAt" = ${reuse.now}
    WHERE "sessionPk" = (${condemned(reuse)}) AND "revokedAt" IS NULL`;
}

function stopChecks(client: Client, reuse: TokenReuse) {
  return client.$queryRaw<unknown[]>`
    UPDATE "SessionActivity" SET "nextCheckAt" = NULL, "instancePk" = NULL WHERE "sessionPk" = (${condemned(reuse)})`;
}
