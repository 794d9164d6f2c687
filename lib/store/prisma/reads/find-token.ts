import type { TokenFacts, TokenRecord } from "../../token-store";
import type { Client } from "../connection";

type Integer = number | bigint;

interface TokenRow {
  hash: string;
  jti: string;
  keyId: string;
  epoch: Integer;
  issuedAt: Integer;
  expiresAt: Integer;
  sessionId: string;
  redeemedAt: Integer | null;
  revokedAt: Integer | null;
  successor: string | null;
  successorRedeemedAt: Integer | null;
}

export async function findToken(client: Client, hash: string): Promise<TokenRecord | null> {
  const [row] = await client.$queryRaw<TokenRow[]>`
    SELECT t."hash", t."jti", t."keyId", t."epoch", t."issuedAt", t."expiresAt", s."id" AS "sessionId", t."redeemedAt",
      t."revokedAt", t."successor", n."redeemedAt" AS "successorRedeemedAt"
    FROM "ReconnectToken" t JOIN "Session" s ON s."pk" = t."sessionPk"
    LEFT JOIN "ReconnectToken" n ON n."hash" = t."successor" ->> 'hash'
    WHERE t."hash" = ${hash}`;
  return row ? toTokenRecord(row) : null;
}

function toTokenRecord(row: TokenRow): TokenRecord {
  const { hash, jti, keyId, sessionId, redeemedAt, revokedAt, successor } = row;
  return {
    ...{ hash, jti, keyId, sessionId },
    epoch: Number(row.epoch),
    issuedAt: Number(row.issuedAt),
    expiresAt: Number(row.expiresAt),
    redeemedAt: redeemedAt === null ? null : Number(redeemedAt),
    revokedAt: revokedAt === null ? null : Number(revokedAt),
    // Written by the redemption, which had it as such facts.
    successor: successor === null ? null : (JSON.parse(successor) as TokenFacts),
    isSuccessorRedeemed: row.successorRedeemedAt !== null,
  };
}
