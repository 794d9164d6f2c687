import type { SessionStore } from "../session-store";
import { openConnection } from "./connection";
import { takeDataFolder } from "./data-folder";
import { migrateDatabase } from "./migrate-database";
import { PrismaSessionStore } from "./prisma-session-store";

export interface OpenSessionStoreOptions {
  /** Folder of the database, created when missing; `:memory:` for a throw-away one. */
  dataDir: string;
  /** Folder that holds `prisma/`. */
  rootDir: string;
}

export interface OpenedSessionStore {
  store: SessionStore;
  databasePath: string;
  migrationsApplied: string[];
}

/** Locks the data folder, migrates its database and opens it for one writer and one reader. */
export async function openSessionStore({ dataDir, rootDir }: OpenSessionStoreOptions): Promise<OpenedSessionStore> {
  const { databasePath, release } = takeDataFolder(dataDir);
  try {
    const migrationsApplied = await migrateDatabase(databasePath, rootDir);
    const writer = await openConnection(databasePath);
    const reader = await openConnection(databasePath);
    return {
      store: new PrismaSessionStore({ writer, reader, databasePath, release }),
      databasePath,
      migrationsApplied,
    };
  } catch (error) {
    release();
    throw error;
  }
}
