import { createHmac, createSecretKey } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { decodeJwt, decodeProtectedHeader, SignJWT, UnsecuredJWT } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TokenSigner } from "@/lib/services/context";
import { createTokenSigner } from "./reconnect-tokens";
import { openSigningKeys, rotateSigningKeys, type SigningKey, type SigningKeys } from "./signing-keys";

const NOW = Date.UTC(2026, 0, 11, 12) + 345;
const TTL = 15 * 60_000;
const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe("reconnect tokens", () => {
  let folder: string;
  let keys: SigningKeys;
  let tokens: TokenSigner;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "holdfast-tokens-"));
    keys = openSigningKeys(folder, { now: NOW, log: SILENT });
    tokens = createTokenSigner(keys);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const issue = (now = NOW) => tokens.issue({ sessionId: "s-1", epoch: 3, ttlMs: TTL, now });
  const failureOf = async (text: string, now = NOW) => (await tokens.verify(text, now)).failure;

  /** A token like a real one, except for what a test wants different. */
  const craft = (
    { header = {}, claims = {} }: { header?: Record<string, unknown>; claims?: Record<string, unknown> },
    { id, secret }: SigningKey = keys.current(),
  ) =>
    new SignJWT({
      ...{ iss: "holdfast", aud: "holdfast:reconnect", sub: "s-1", jti: "j", epoch: 1 },
      ...{ iat: NOW / 1_000, exp: NOW / 1_000 + 900, ...claims },
    })
      .setProtectedHeader({ alg: "HS256", typ: "holdfast-reconnect+jwt", kid: id, ...header })
      .sign(secret);

  it("say who issued them, for what, for which session, and until when", async () => {
    const { text, facts } = await issue();
    expect(decodeProtectedHeader(text)).toEqual({
      alg: "HS256",
      typ: "holdfast-reconnect+jwt",
      kid: keys.current().id,
    });
    const seconds = Math.floor(NOW / 1_000);
    expect(decodeJwt(text)).toEqual({
      ...{ iss: "holdfast", aud: "holdfast:reconnect", sub: "s-1", jti: facts.jti, epoch: 3 },
      ...{ iat: seconds, exp: seconds + 901 },
    });
    expect(await tokens.verify(text, NOW)).toEqual({ failure: null, sessionId: "s-1", hash: facts.hash });
  });

  it("are good for at least as long as asked, and until exactly the moment they state", async () => {
    const { text, facts } = await issue();
    expect(facts.expiresAt - NOW).toBeGreaterThanOrEqual(TTL);
    expect(facts.expiresAt - NOW).toBeLessThan(TTL + 1_000);
    expect(await failureOf(text, facts.expiresAt - 1)).toBeNull();
    expect(await failureOf(text, facts.expiresAt)).toBe("expired");
  });

  it("are never the same twice, yet can be made again from their facts", async () => {
    const [one, two] = await Promise.all([issue(), issue()]);
    expect(one.text).not.toBe(two.text);
    expect(await tokens.restore("s-1", one.facts)).toBe(one.text);
    expect(await tokens.restore("s-2", one.facts)).toBeNull();
    expect(await tokens.restore("s-1", { ...one.facts, epoch: 4 })).toBeNull();
  });

  it("verify, and are made again, across a rotation; new ones are signed with the new key", async () => {
    const old = await issue();
    const { keyId } = rotateSigningKeys(folder, NOW);
    const fresh = await issue();
    expect(fresh.facts.keyId).toBe(keyId);
    expect(await Promise.all([failureOf(old.text), failureOf(fresh.text)])).toEqual([null, null]);
    expect(await tokens.restore("s-1", old.facts)).toBe(old.text);
  });

  it("are void once their key is gone", async () => {
    const { text, facts } = await issue();
    rmSync(join(folder, "signing-keys.json"));
    tokens = createTokenSigner(openSigningKeys(folder, { now: NOW, log: SILENT }));
    expect(await failureOf(text)).toBe("invalid");
    expect(await tokens.restore("s-1", facts)).toBeNull();
  });

  it("accept what is crafted exactly like them, so that the refusals below mean something", async () => {
    expect(await failureOf(await craft({}))).toBeNull();
  });

  it.each([
    ["another issuer", { claims: { iss: "somebody" } }, "invalid"],
    ["another audience", { claims: { aud: "holdfast:admin" } }, "invalid"],
    ["no session", { claims: { sub: undefined } }, "invalid"],
    ["no id", { claims: { jti: undefined } }, "invalid"],
    ["no expiry", { claims: { exp: undefined } }, "invalid"],
    ["an expiry in the past", { claims: { exp: Math.floor(NOW / 1_000) } }, "expired"],
    ["a start in the future", { claims: { nbf: NOW / 1_000 + 60 } }, "invalid"],
    ["another type", { header: { typ: "at+jwt" } }, "wrong_type"],
    ["the generic type", { header: { typ: "JWT" } }, "wrong_type"],
    ["no type", { header: { typ: undefined } }, "wrong_type"],
    ["an unknown key", { header: { kid: "unknown" } }, "invalid"],
    ["no key", { header: { kid: undefined } }, "invalid"],
  ])("refuse one with %s", async (_what, parts, failure) => {
    expect(await failureOf(await craft(parts))).toBe(failure);
  });

  it("refuse one signed with a key of somebody else under the name of ours", async () => {
    const { id } = keys.current();
    const secret = createSecretKey("A".repeat(43), "base64url");
    expect(await failureOf(await craft({}, { id, secret }))).toBe("invalid");
  });

  it("refuse another algorithm with the very same key, and none at all", async () => {
    const { id, secret } = keys.current();
    const [, payload = ""] = (await craft({})).split(".");
    const headed = (alg: string) => {
      const header = JSON.stringify({ alg, typ: "holdfast-reconnect+jwt", kid: id });
      return `${Buffer.from(header).toString("base64url")}.${payload}`;
    };
    const sign = (alg: string, digest: string) =>
      `${headed(alg)}.${createHmac(digest, secret).update(headed(alg)).digest("base64url")}`;
    expect(await failureOf(sign("HS256", "sha256"))).toBeNull();
    expect(await failureOf(sign("HS512", "sha512"))).toBe("invalid");
    expect(await failureOf(`${headed("none")}.`)).toBe("invalid");
    expect(await failureOf(new UnsecuredJWT({ sub: "s-1" }).encode())).toBe("wrong_type");
  });

  it("refuse every change of a single character but the last, whose spare bits say nothing", async () => {
    const { text, facts } = await issue();
    const position = fc.integer({ min: 0, max: text.length - 2 });
    const character = fc.constantFrom("A", "B", "f", "z", "0", "9", "-", "_", ".");
    await fc.assert(
      fc.asyncProperty(position, character, async (at, other) => {
        fc.pre(text[at] !== other);
        const changed = `${text.slice(0, at)}${other}${text.slice(at + 1)}`;
        expect(await failureOf(changed)).not.toBeNull();
      }),
      { numRuns: 300 },
    );
    for (const last of "ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
      const result = await tokens.verify(`${text.slice(0, -1)}${last}`, NOW);
      if (result.failure === null && !text.endsWith(last)) expect(result.hash).not.toBe(facts.hash);
    }
  });

  it("refuse anything that is no token, without ever failing", async () => {
    const part = fc.oneof(
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.json({ maxDepth: 2 }).map((json) => Buffer.from(json).toString("base64url")),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 5 }), async (parts) => {
        expect(await failureOf(parts.join("."))).not.toBeNull();
      }),
      { numRuns: 300 },
    );
  });
});
