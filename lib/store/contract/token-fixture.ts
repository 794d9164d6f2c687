import type { TokenFacts, TokenRedemption } from "../token-store";
import { type OpenFreshStore, START, storeFixture } from "./store-fixture";

export const TTL = 900_000;
export const LATER = START + 10_000;

/** Facts of a token; the store neither makes nor reads its text. */
export function factsOf(hash: string, facts: Partial<TokenFacts> = {}): TokenFacts {
  return { hash, jti: `jti-${hash}`, keyId: "k1", epoch: 1, issuedAt: START, expiresAt: START + TTL, ...facts };
}

/** The redemption of a session's first token by nobody in particular. */
export function redemptionOf(hash: string, given: Partial<TokenRedemption> = {}): TokenRedemption {
  return {
    ...{ sessionId: "s", hash, instance: null, now: LATER },
    successor: factsOf(`${hash}'`, { epoch: 2, issuedAt: LATER, expiresAt: LATER + TTL }),
    ...given,
  };
}

/** The store fixture with short ways to issue, redeem and punish. */
export function tokenFixture(openFresh: OpenFreshStore) {
  const fixture = storeFixture(openFresh);
  return Object.assign(fixture, {
    issue: async (hash: string, { sessionId = "s", now = START, maxGood = 8, ...facts }: IssueOptions = {}) => {
      const token = factsOf(hash, { issuedAt: now, ...facts });
      return (await fixture.store.tokens.issueToken({ sessionId, token, maxGood, now })).outcome;
    },
    redeem: async (hash: string, given: Partial<TokenRedemption> = {}) =>
      (await fixture.store.tokens.redeemToken(redemptionOf(hash, given))).outcome,
    punish: async (hash: string, now = LATER, sessionId = "s") =>
      (await fixture.store.tokens.punishReuse({ sessionId, hash, commandId: "c", now })).outcome,
    find: (hash: string) => fixture.store.tokens.findToken(hash),
    lastEvent: async (id = "s") => (await fixture.store.listEvents(id, { after: 0, limit: 100 })).at(-1),
  });
}

interface IssueOptions extends Partial<TokenFacts> {
  sessionId?: string;
  now?: number;
  maxGood?: number;
}
