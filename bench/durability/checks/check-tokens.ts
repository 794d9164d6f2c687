import { createHash } from "node:crypto";
import type { KnownToken, LedgerEntry } from "../ledger-entry";
import type { FoundToken } from "../snapshot";

export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** What is wrong with the tokens of a session: each is there, redeemed once if that was acknowledged, else good. */
export function checkTokens(entry: LedgerEntry, found: ReadonlyMap<string, FoundToken>): string[] {
  const mayBeRevoked = [entry.facts, ...(entry.attempt?.possible ?? [])].some(
    ({ endReason }) => endReason === "token_reuse",
  );
  return entry.tokens
    .flatMap((token) => checkToken(token, found.get(hashOf(token.text)), mayBeRevoked))
    .map((problem) => `${entry.id}: ${problem}`);
}

function checkToken({ spent, isSent }: KnownToken, found: FoundToken | undefined, mayBeRevoked: boolean): string[] {
  if (!found) return ["an acknowledged token is missing"];
  if (found.revokedAt !== null && !mayBeRevoked) return ["a token is revoked, but nobody replayed one"];
  if (!spent) return found.redeemedAt === null || isSent ? [] : ["a token is redeemed, but nobody sent it"];
  if (found.redeemedAt === null) return ["an acknowledged redemption is missing"];
  const isOther = spent.successor !== null && found.successor !== hashOf(spent.successor);
  return isOther ? ["a redeemed token has another successor than was acknowledged"] : [];
}
