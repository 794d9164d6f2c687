import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isStartupError } from "@/lib/domain/startup-error";
import type { Logger } from "@/lib/services/context";
import { KEY_OVERLAP_MS, openSigningKeys, rotateSigningKeys } from "./signing-keys";

const NOW = Date.UTC(2026, 0, 11, 12);

describe("signing keys", () => {
  let folder: string;
  let path: string;
  let logged: string[];
  const note = (_fields: object, message: string) => void logged.push(message);
  const log: Logger = { info: note, warn: note, error: note };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "holdfast-keys-"));
    path = join(folder, "signing-keys.json");
    logged = [];
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const open = () => openSigningKeys(folder, { now: NOW, log });
  const modeOf = (file: string) => statSync(file).mode & 0o777;
  const refusalOf = (attempt: () => unknown): string => {
    try {
      attempt();
    } catch (error) {
      if (isStartupError(error)) return error.message;
      throw error;
    }
    throw new Error("was not refused");
  };

  it("are made at the first start, for this user's eyes only, and stay", () => {
    const first = open().current();
    expect(first.secret.symmetricKeySize).toBe(32);
    expect(modeOf(path)).toBe(0o600);
    const again = open().current();
    expect(again.id).toBe(first.id);
    expect(again.secret.equals(first.secret)).toBe(true);
  });

  it("are different in every data folder", () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "holdfast-keys-"));
    const other = openSigningKeys(elsewhere, { now: NOW, log }).current();
    expect(open().current().secret.equals(other.secret)).toBe(false);
    rmSync(elsewhere, { recursive: true });
  });

  it("are made although an earlier start was killed while making them", () => {
    writeFileSync(`${path}.new`, '{"version":1,"ke');
    expect(open().current().id).toMatch(/^[0-9a-f]{16}$/);
    expect(existsSync(`${path}.new`)).toBe(false);
  });

  it.each([
    ["no JSON", "{"],
    ["an empty file", ""],
    ["no keys", '{"version":1,"keys":[]}'],
    ["another version", '{"version":2,"keys":[]}'],
    ["a short secret", '{"version":1,"keys":[{"id":"a","secret":"c2hvcnQ","createdAt":1,"retiredAt":null}]}'],
    [
      "only a retired key",
      `{"version":1,"keys":[{"id":"a","secret":"${"A".repeat(43)}","createdAt":1,"retiredAt":2}]}`,
    ],
  ])("are refused with the file's name and a way out when the file holds %s", (_what, content) => {
    writeFileSync(path, content, { mode: 0o600 });
    const refusal = refusalOf(open);
    expect(refusal).toContain(path);
    expect(refusal).toContain("Restore the file from a backup");
    expect(readFileSync(path, "utf8")).toBe(content);
  });

  it("are refused when the file cannot be read", () => {
    mkdirSync(path);
    expect(refusalOf(open)).toContain(path);
  });

  it.skipIf(process.platform === "win32")("are closed to others when their file was open to them, and say so", () => {
    open();
    chmodSync(path, 0o644);
    logged.length = 0;
    open();
    expect(modeOf(path)).toBe(0o600);
    expect(logged).toEqual(["others could read the signing keys; now they cannot"]);
  });

  it("are rotated under a registry that runs: the new key signs at once, the old one is still known", () => {
    const keys = open();
    const old = keys.current();
    const { keyId, kept } = rotateSigningKeys(folder, NOW);
    expect(kept).toBe(1);
    expect(keys.current().id).toBe(keyId);
    expect(keyId).not.toBe(old.id);
    expect(keys.find(old.id)?.secret.equals(old.secret)).toBe(true);
    expect(keys.find("nobody")).toBeNull();
    expect(modeOf(path)).toBe(0o600);
    expect(open().current().id).toBe(keyId);
  });

  it("are kept for longer than any token lives, and dropped by the first rotation after that", () => {
    const keys = open();
    const [first, second] = [keys.current().id, rotateSigningKeys(folder, NOW).keyId];
    rotateSigningKeys(folder, NOW + KEY_OVERLAP_MS - 1);
    expect([first, second].map((id) => keys.find(id) !== null)).toEqual([true, true]);
    rotateSigningKeys(folder, NOW + KEY_OVERLAP_MS);
    expect([first, second].map((id) => keys.find(id) !== null)).toEqual([false, true]);
  });

  it("go on as they were when the file is damaged or lost under a running registry, and say so once", () => {
    const keys = open();
    const { id } = keys.current();
    logged.length = 0;
    writeFileSync(path, "damaged");
    expect([keys.current().id, keys.current().id]).toEqual([id, id]);
    rmSync(path);
    expect([keys.current().id, keys.find(id)?.id]).toEqual([id, id]);
    expect(logged).toHaveLength(2);
    expect(new Set(logged)).toEqual(
      new Set(["the signing keys have changed and cannot be used; going on with the earlier ones"]),
    );
  });

  it("are not rotated where there are none, or where they are damaged", () => {
    expect(refusalOf(() => rotateSigningKeys(folder, NOW))).toContain("There are no signing keys");
    expect(existsSync(path)).toBe(false);
    writeFileSync(path, "damaged");
    expect(refusalOf(() => rotateSigningKeys(folder, NOW))).toContain(path);
  });

  it("are rotated by one process at a time; what a killed one left does not block for ever", () => {
    open();
    writeFileSync(`${path}.new`, "");
    expect(refusalOf(() => rotateSigningKeys(folder, NOW))).toContain("another process");
    const longAgo = new Date(2020, 0, 1);
    utimesSync(`${path}.new`, longAgo, longAgo);
    expect(rotateSigningKeys(folder, NOW).kept).toBe(1);
    expect(existsSync(`${path}.new`)).toBe(false);
  });
});
