import type { SessionRecord } from "@/lib/domain/session";

/** Reconnect tokens: only hashes are kept. Part of the store port, under the same promises. */
export interface TokenStore {
  /** Adds a token to an open session; the oldest good ones beyond `maxGood` are forgotten. */
  issueToken(input: TokenIssue): Promise<{ outcome: "won"; session: SessionRecord } | { outcome: "lost" }>;
  /** Redeems a token: its session is active again under a new epoch, and the successor takes the token's place. */
  redeemToken(input: TokenRedemption): Promise<RedeemOutcome>;
  /** Ends a session whose old token came back, and revokes all its tokens. `lost`: it has ended for good already. */
  punishReuse(input: TokenReuse): Promise<{ outcome: "won" | "lost" }>;
  findToken(hash: string): Promise<TokenRecord | null>;
  /** Deletes up to `limit` tokens that expired before `expiredBefore`; answers how many. */
  purgeTokens(expiredBefore: number, limit: number): Promise<number>;
}

/** What a token is made of; its text follows from it and the signing key. */
export interface TokenFacts {
  /** SHA-256 of the text, hexadecimal. */
  hash: string;
  jti: string;
  keyId: string;
  epoch: number;
  issuedAt: number;
  expiresAt: number;
}

export interface TokenRecord extends TokenFacts {
  sessionId: string;
  redeemedAt: number | null;
  /** The token it was exchanged for. */
  successor: TokenFacts | null;
  /** Whether the successor has been exchanged in turn. */
  isSuccessorRedeemed: boolean;
  revokedAt: number | null;
}

export interface TokenIssue {
  sessionId: string;
  token: TokenFacts;
  maxGood: number;
  now: number;
}

export interface TokenRedemption {
  sessionId: string;
  hash: string;
  successor: TokenFacts;
  /** The boot that takes the session over; null leaves the session without a lease unless a living one owns it. */
  instance: { id: string; bootId: string } | null;
  now: number;
}

export interface TokenReuse {
  sessionId: string;
  /** The used token that came back. */
  hash: string;
  /** Identity of the command that tells the MCP server. */
  commandId: string;
  now: number;
}

/** `lost`: used, revoked or expired, or its session has ended for good, or its instance cannot take it; read to learn which. */
export type RedeemOutcome = { outcome: "won"; session: SessionRecord } | { outcome: "lost" };
