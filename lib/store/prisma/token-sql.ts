import type { TokenFacts } from "../token-store";
import { Prisma } from "./generated/client";

/** What a token must be to be redeemed at `now`. */
export function isGood(now: number): Prisma.Sql {
  return Prisma.sql`"redeemedAt" IS NULL AND "revokedAt" IS NULL AND "expiresAt" > ${now}`;
}

/** When the last good token of a session expires. */
export function lastExpiry(sessionPk: Prisma.Sql, now: number): Prisma.Sql {
  return Prisma.sql`(SELECT max("expiresAt") FROM "ReconnectToken" WHERE "sessionPk" = ${sessionPk} AND ${isGood(now)})`;
}

/** The session of a token which this transaction has just exchanged: no other operation knows its successor. */
export function exchanged(hash: string, successor: TokenFacts): Prisma.Sql {
  return Prisma.sql`
    SELECT "sessionPk" FROM "ReconnectToken" WHERE "hash" = ${hash} AND "successor" ->> 'hash' = ${successor.hash}`;
}

/** The columns of a token, and its facts in the same order. */
export const TOKEN_COLUMNS = Prisma.sql`"hash", "jti", "keyId", "epoch", "issuedAt", "expiresAt"`;

export function tokenValues({ hash, jti, keyId, epoch, issuedAt, expiresAt }: TokenFacts): Prisma.Sql {
  return Prisma.sql`${hash}, ${jti}, ${keyId}, ${epoch}, ${issuedAt}, ${expiresAt}`;
}
