import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { StartupError } from "@/lib/domain/startup-error";

export const IN_MEMORY = ":memory:";

/** A folder that this process alone may use. */
export interface DataFolder {
  databasePath: string;
  release: () => void;
}

/**
 * Takes the data folder for this process. The lock is SQLite's own on a file beside the database: the kernel lets go of
 * it when the process dies, however it dies. A throw-away instance gets a temporary folder that goes with it.
 */
export function takeDataFolder(dataDir: string): DataFolder {
  const isThrowAway = dataDir === IN_MEMORY;
  const folder = isThrowAway ? mkdtempSync(join(tmpdir(), "holdfast-")) : createFolder(dataDir);
  const lock = lockFolder(folder);
  return {
    databasePath: join(folder, "holdfast.db"),
    release: () => {
      lock.close();
      if (isThrowAway) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function createFolder(dataDir: string): string {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    return dataDir;
  } catch (error) {
    const isFile = error instanceof Error && "code" in error && (error.code === "EEXIST" || error.code === "ENOTDIR");
    const why = isFile ? "there is a file in its place" : messageOf(error);
    throw new StartupError(`HOLDFAST_DATA_DIR: cannot create the folder ${dataDir}: ${why}`, { cause: error });
  }
}

function lockFolder(folder: string): Database.Database {
  const pidPath = join(folder, "holdfast.pid");
  let lock: Database.Database | undefined;
  try {
    lock = new Database(join(folder, "holdfast.lock"), { timeout: 0 });
    lock.exec("BEGIN EXCLUSIVE");
    writeFileSync(pidPath, String(process.pid));
    return lock;
  } catch (error) {
    lock?.close();
    if (error instanceof Database.SqliteError && error.code.startsWith("SQLITE_BUSY")) {
      throw new StartupError(
        `HOLDFAST_DATA_DIR: ${folder} is in use by another Holdfast process (pid ${readPid(pidPath)}). ` +
          "Stop it, or give this one a data folder of its own.",
        { cause: error },
      );
    }
    throw new StartupError(`HOLDFAST_DATA_DIR: cannot use ${folder}: ${messageOf(error)}`, { cause: error });
  }
}

function readPid(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return "unknown";
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
