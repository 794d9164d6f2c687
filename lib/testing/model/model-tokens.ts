import { type ModelSession, type ModelToken, type ModelWorld } from "./model-world";

/** Tokens that can still be redeemed, oldest first. */
export function goodTokens({ tokens }: ModelSession, now: number): ModelToken[] {
  return tokens.filter(({ redeemedAt, isVoid, expiresAt }) => redeemedAt === null && !isVoid && expiresAt > now);
}

/** Until when one of them could bring the session back. */
export function tokenExpiry(session: ModelSession, now: number): number | null {
  if (session.status === "closed" || session.status === "terminated" || session.supersededBy !== null) return null;
  const good = goodTokens(session, now);
  return good.length === 0 ? null : Math.max(...good.map(({ expiresAt }) => expiresAt));
}

/** Every token that was ever given out, with the session it is for. */
export function allTokens({ sessions }: ModelWorld): { token: ModelToken; owner: ModelSession }[] {
  return sessions.flatMap((owner) => owner.tokens.map((token) => ({ token, owner })));
}
