import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { StartupError } from "@/lib/domain/startup-error";

/** A key as it is stored: only the current one, which comes first, has not been retired. Times are epoch milliseconds. */
const StoredKey = z.strictObject({
  id: z.string().min(1),
  secret: z.base64url().length(43),
  createdAt: z.int(),
  retiredAt: z.int().nullable(),
});
export type StoredKey = z.output<typeof StoredKey>;

const KeyFile = z
  .strictObject({ version: z.literal(1), keys: z.array(StoredKey).min(1) })
  .refine(({ keys }) => keys.every(({ retiredAt }, index) => (retiredAt === null) === (index === 0)), {
    error: "exactly the first key must be in use",
  });

/** An update that was interrupted this long ago is not under way any more. */
const STALE_AFTER_MS = 10_000;

/**
 * Null when there is no file.
 * @throws StartupError when it cannot be read, or is not what Holdfast wrote
 */
export function readKeyFile(path: string): StoredKey[] | null {
  try {
    return KeyFile.parse(JSON.parse(readFileSync(path, "utf8"))).keys;
  } catch (error) {
    if (isErrno(error, "ENOENT")) return null;
    const why = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new StartupError(
      `The signing keys ${path} cannot be used: ${why}\n` +
        "Restore the file from a backup. Without it (delete it) new keys are made, and reconnect tokens issued so far are void.",
      { cause: error },
    );
  }
}

/**
 * Replaces the file by what `change` makes of its keys: atomically, and one process at a time, because the new file's
 * temporary name serves as the lock.
 */
export function updateKeyFile(path: string, change: (keys: StoredKey[] | null) => StoredKey[]): StoredKey[] {
  const temporary = temporaryName(path);
  const file = createAlone(temporary);
  try {
    const keys = change(readKeyFile(path));
    writeFileSync(file, `${JSON.stringify({ version: 1, keys }, null, 2)}\n`);
    fsyncSync(file);
    renameSync(temporary, path);
    syncFolder(dirname(path));
    return keys;
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}

/** Removes what a killed process has left of an update. */
export function discardUnfinished(path: string): void {
  rmSync(temporaryName(path), { force: true });
}

function temporaryName(path: string): string {
  return `${path}.new`;
}

function createAlone(path: string): number {
  try {
    if (Date.now() - statSync(path).mtimeMs > STALE_AFTER_MS) rmSync(path, { force: true });
  } catch (error) {
    if (!isErrno(error, "ENOENT")) throw error;
  }
  try {
    return openSync(path, "wx", 0o600);
  } catch (error) {
    const why = isErrno(error, "EEXIST") ? "another process is changing them right now" : messageOf(error);
    throw new StartupError(`The signing keys cannot be written to ${path}: ${why}`, { cause: error });
  }
}

/** The new name survives a power cut only once the folder is on disk too; Windows has no such notion. */
function syncFolder(path: string): void {
  if (process.platform === "win32") return;
  const folder = openSync(path, "r");
  fsyncSync(folder);
  closeSync(folder);
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
