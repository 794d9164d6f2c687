import { createHash, randomBytes } from "node:crypto";
import { decodeProtectedHeader, errors, jwtVerify, SignJWT } from "jose";
import type { TokenSigner, VerifiedToken } from "@/lib/services/context";
import type { TokenFacts } from "@/lib/store/token-store";
import type { SigningKey, SigningKeys } from "./signing-keys";

const ALGORITHM = "HS256";
const TYPE = "holdfast-reconnect+jwt";
const ISSUER = "holdfast";
const AUDIENCE = "holdfast:reconnect";

/** Reconnect tokens as JWTs, signed with the current key and verified with any that is kept. */
export function createTokenSigner(keys: SigningKeys): TokenSigner {
  return {
    issue: async ({ sessionId, epoch, ttlMs, now }) => {
      const key = keys.current();
      const expiresAt = Math.ceil((now + ttlMs) / 1_000) * 1_000;
      const jti = randomBytes(16).toString("base64url");
      const facts = { jti, keyId: key.id, epoch, issuedAt: now, expiresAt };
      const text = await sign(sessionId, facts, key);
      return { text, facts: { hash: hashOf(text), ...facts } };
    },
    restore: async (sessionId, facts) => {
      const key = keys.find(facts.keyId);
      const text = key && (await sign(sessionId, facts, key));
      return text !== null && hashOf(text) === facts.hash ? text : null;
    },
    verify: (text, now) => verify(keys, text, now),
  };
}

/** The same facts and key always make the same text: HMAC has no randomness, and the claims have one order. */
function sign(sessionId: string, facts: Omit<TokenFacts, "hash">, { id, secret }: SigningKey): Promise<string> {
  return new SignJWT({ epoch: facts.epoch })
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: id })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(sessionId)
    .setJti(facts.jti)
    .setIssuedAt(Math.floor(facts.issuedAt / 1_000))
    .setExpirationTime(facts.expiresAt / 1_000)
    .sign(secret);
}

async function verify(keys: SigningKeys, text: string, now: number): Promise<VerifiedToken> {
  const type = typeOf(text);
  if (type !== TYPE) return { failure: type === null ? "invalid" : "wrong_type" };
  try {
    const { payload } = await jwtVerify(text, ({ kid }) => keyFor(keys, kid), {
      algorithms: [ALGORITHM],
      typ: TYPE,
      issuer: ISSUER,
      audience: AUDIENCE,
      requiredClaims: ["sub", "jti", "exp"],
      currentDate: new Date(now),
    });
    return { failure: null, sessionId: payload.sub ?? "", hash: hashOf(text) };
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    return { failure: error instanceof errors.JWTExpired ? "expired" : "invalid" };
  }
}

function keyFor(keys: SigningKeys, kid: unknown): SigningKey["secret"] {
  const key = typeof kid === "string" ? keys.find(kid) : null;
  if (!key) throw new errors.JWKSNoMatchingKey();
  return key.secret;
}

/** What a JWT says it is, unverified: good for telling somebody that they sent the wrong one. Null when it is no JWT. */
function typeOf(text: string): unknown {
  try {
    return decodeProtectedHeader(text).typ;
  } catch {
    return null;
  }
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
