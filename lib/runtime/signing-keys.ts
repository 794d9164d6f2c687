import { createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import { chmodSync, statSync } from "node:fs";
import { join } from "node:path";
import { StartupError } from "@/lib/domain/startup-error";
import type { Logger } from "@/lib/services/context";
import { discardUnfinished, readKeyFile, type StoredKey, updateKeyFile } from "./signing-key-file";

/**
 * How long a retired key still verifies: longer than any token may live (`HOLDFAST_TOKEN_TTL_MS`), with some slack for
 * clocks that differ between a running registry and the command that rotates.
 */
export const KEY_OVERLAP_MS = 25 * 3_600_000;

export interface SigningKey {
  id: string;
  secret: KeyObject;
}

/** The keys of one data folder. A file changed by a rotation is noticed at the next use, without a restart. */
export class SigningKeys {
  readonly #path: string;
  readonly #log: Logger;
  #keys: SigningKey[] = [];
  #stamp: string | null;

  constructor(path: string, log: Logger) {
    this.#path = path;
    this.#log = log;
    this.#stamp = stampOf(path);
    this.#load();
  }

  /** The key that new tokens are signed with. */
  current(): SigningKey {
    this.#refresh();
    const [key] = this.#keys;
    if (!key) throw new Error("There is no signing key.");
    return key;
  }

  find(id: string): SigningKey | null {
    this.#refresh();
    return this.#keys.find((key) => key.id === id) ?? null;
  }

  #refresh(): void {
    const stamp = stampOf(this.#path);
    if (stamp === this.#stamp) return;
    this.#stamp = stamp;
    try {
      this.#load();
      this.#log.info({ keyId: this.#keys[0]?.id, keys: this.#keys.length }, "the signing keys have changed");
    } catch (error) {
      this.#log.error(
        { err: error },
        "the signing keys have changed and cannot be used; going on with the earlier ones",
      );
    }
  }

  #load(): void {
    const stored = readKeyFile(this.#path);
    if (!stored) throw new StartupError(`The signing keys ${this.#path} are gone.`);
    if (tighten(this.#path))
      this.#log.warn({ path: this.#path }, "others could read the signing keys; now they cannot");
    this.#keys = stored.map(({ id, secret }) => ({ id, secret: createSecretKey(secret, "base64url") }));
  }
}

/**
 * Reads the keys of a data folder; makes them when there are none.
 * @throws StartupError
 */
export function openSigningKeys(folder: string, { now, log }: { now: number; log: Logger }): SigningKeys {
  const path = pathIn(folder);
  if (readKeyFile(path) === null) {
    // Nobody else makes the first keys of a folder that this process has locked: what is there is of a killed start.
    discardUnfinished(path);
    updateKeyFile(path, (keys) => keys ?? [newKey(now)]);
    log.info({ path }, "made the keys that reconnect tokens are signed with");
  }
  return new SigningKeys(path, log);
}

/**
 * Makes a new key the current one; earlier ones verify until every token that they have signed has expired. A registry
 * that runs on the folder takes it up at once.
 * @throws StartupError when the folder has no keys, or they cannot be read or written
 */
export function rotateSigningKeys(folder: string, now: number): { keyId: string; kept: number } {
  const path = pathIn(folder);
  if (readKeyFile(path) === null) {
    throw new StartupError(`There are no signing keys in ${folder}: Holdfast makes them when it starts there first.`);
  }
  const [current, ...kept] = updateKeyFile(path, (keys) => [newKey(now), ...retire(keys ?? [], now)]);
  return { keyId: current?.id ?? "", kept: kept.length };
}

function retire(keys: StoredKey[], now: number): StoredKey[] {
  return keys
    .map((key) => ({ ...key, retiredAt: key.retiredAt ?? now }))
    .filter(({ retiredAt }) => retiredAt + KEY_OVERLAP_MS > now);
}

function newKey(now: number): StoredKey {
  return {
    id: randomBytes(8).toString("hex"),
    secret: randomBytes(32).toString("base64url"),
    createdAt: now,
    retiredAt: null,
  };
}

function pathIn(folder: string): string {
  return join(folder, "signing-keys.json");
}

/** Takes everybody else's rights away; answers whether there were any. Windows has no such bits. */
function tighten(path: string): boolean {
  if (process.platform === "win32") return false;
  const { mode } = statSync(path);
  if ((mode & 0o077) === 0) return false;
  try {
    chmodSync(path, 0o600);
  } catch (error) {
    throw new StartupError(`Others can read the signing keys ${path}: run chmod 600 on it as its owner.`, {
      cause: error,
    });
  }
  return true;
}

/** Changes whenever the file does: a rotation puts another file in its place. */
function stampOf(path: string): string | null {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats ? `${String(stats.ino)} ${String(stats.mtimeNs)} ${String(stats.size)}` : null;
}
