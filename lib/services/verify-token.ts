import { type ErrorCode, HoldfastError } from "@/lib/domain/errors";
import type { ServiceContext } from "./context";

const REFUSALS = {
  invalid: ["token_invalid", "The token is not one of this registry, or has been changed."],
  wrong_type: ["token_wrong_type", "The token is not a reconnect token."],
  expired: ["token_expired", "The token has expired."],
} as const satisfies Record<string, [ErrorCode, string]>;

/**
 * The hash of a token that this registry has issued for the session. Decided from the token alone: whoever is refused
 * learns nothing about any session.
 * @throws token_invalid, token_wrong_type, token_wrong_session, token_expired
 */
export async function verifyToken(ctx: ServiceContext, sessionId: string, text: string): Promise<string> {
  const token = await ctx.tokens.verify(text, ctx.clock.now());
  if (token.failure !== null) {
    const [code, detail] = REFUSALS[token.failure];
    throw new HoldfastError(code, detail);
  }
  if (token.sessionId !== sessionId) {
    throw new HoldfastError("token_wrong_session", "The token was issued for another session.");
  }
  return token.hash;
}
