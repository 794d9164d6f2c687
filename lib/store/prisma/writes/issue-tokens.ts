import type { WriteOutcome } from "../../write-outcome";
import type { TokenIssue } from "../../token-store";
import type { Client } from "../connection";
import { prepareEach } from "../prepare-each";
import { readSessionById, type SessionRow, toSessionRecord } from "../session-row";
import type { SessionWrite } from "../statement";
import { isGood, lastExpiry, TOKEN_COLUMNS, tokenValues } from "../token-sql";
import { Prisma } from "../generated/client";

/** Adds tokens to open sessions. A session that has too many good ones loses the oldest. */
export function issueTokensWrite(client: Client): SessionWrite<TokenIssue, WriteOutcome> {
  return {
    name: "issue",
    folds: false,
    keysOf: ({ sessionId }) => [sessionId],
    prepare: (issues) =>
      prepareEach(issues, {
        statementsOf: (issue) => [
          insertToken(client, issue),
          insertEvent(client, issue),
          forgetOldest(client, issue),
          noteExpiry(client, issue),
          readSessionById(client, issue.sessionId),
        ],
        settle: ([inserted, , , , read]) => ({ result: outcomeOf(inserted as unknown[], read as SessionRow[]) }),
      }),
  };
}

function outcomeOf(inserted: unknown[], [row]: SessionRow[]): WriteOutcome {
  return inserted.length > 0 && row ? { outcome: "won", session: toSessionRecord(row) } : { outcome: "lost" };
}

function insertToken(client: Client, { sessionId, token, now }: TokenIssue) {
  return client.$queryRaw<unknown[]>`
    INSERT INTO "ReconnectToken" ("sessionPk", ${TOKEN_COLUMNS})
    SELECT s."pk", ${tokenValues(token)} FROM "Session" s JOIN "SessionActivity" a ON a."sessionPk" = s."pk"
    WHERE s."id" = ${sessionId} AND +s."status" IN ('active', 'disconnected') AND a."deadlineAt" > ${now}
      AND a."epoch" = ${token.epoch}
    RETURNING "hash"`;
}

/** The session, if the token is there: nobody but this operation could have put it there. */
function sessionOf({ token }: TokenIssue): Prisma.Sql {
  return Prisma.sql`SELECT "sessionPk" FROM "ReconnectToken" WHERE "hash" = ${token.hash}`;
}

function insertEvent(client: Client, issue: TokenIssue) {
  const data = JSON.stringify({ expiresAt: new Date(issue.token.expiresAt).toISOString() });
  return client.$queryRaw<unknown[]>`
    INSERT INTO "SessionEvent" ("sessionPk", "type", "at", "data")
    SELECT o."sessionPk", 'token_issued', ${issue.now}, ${data} FROM (${sessionOf(issue)}) o`;
}

/** A token that was never used needs no trace: unknown and revoked ones are refused alike. */
function forgetOldest(client: Client, issue: TokenIssue) {
  return client.$queryRaw<unknown[]>`
    DELETE FROM "ReconnectToken" WHERE "hash" IN (
      SELECT "hash" FROM "ReconnectToken" WHERE "sessionPk" = (${sessionOf(issue)}) AND ${isGood(issue.now)}
      ORDER BY "issuedAt" DESC, rowid DESC LIMIT -1 OFFSET ${issue.maxGood})`;
}

function noteExpiry(client: Client, issue: TokenIssue) {
  return client.$queryRaw<unknown[]>`
    UPDATE "Session" SET "tokenExpiresAt" = ${lastExpiry(Prisma.sql`"Session"."pk"`, issue.now)}
    WHERE "pk" = (${sessionOf(issue)})`;
}
