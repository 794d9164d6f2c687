import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import type {
  SqlDriverAdapter,
  SqlMigrationAwareDriverAdapterFactory,
  SqlQuery,
  Transaction,
} from "@prisma/driver-adapter-utils";

/** Longest wait for another process's lock: it blocks the event loop meanwhile. */
const BUSY_TIMEOUT_MS = 100;

const PRAGMAS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
  PRAGMA wal_autocheckpoint = 2000;
  PRAGMA cache_size = -65536;
`;

const EXPECTED = { journal_mode: "wal", synchronous: 2, foreign_keys: 1 } as const;

/**
 * The better-sqlite3 adapter with the durability settings made and checked on every connection: the driver reopens WAL
 * files with `synchronous=NORMAL`, under which an acknowledged write may not survive a power cut.
 */
export function createGuardedAdapter(path: string): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaBetterSqlite3({ url: `file:${path}`, timeout: BUSY_TIMEOUT_MS });
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => guard(await factory.connect()),
    connectToShadowDb: () => factory.connectToShadowDb(),
  };
}

async function guard(adapter: SqlDriverAdapter): Promise<SqlDriverAdapter> {
  await adapter.executeScript(PRAGMAS);
  await assertDurability(adapter);
  const startTransaction = adapter.startTransaction.bind(adapter);
  adapter.startTransaction = async (level) => forgiveRollback(await startTransaction(level));
  return adapter;
}

/** @throws when the connection would acknowledge writes that a power cut takes back, or break references */
export async function assertDurability(adapter: Pick<SqlDriverAdapter, "queryRaw">): Promise<void> {
  for (const [pragma, expected] of Object.entries(EXPECTED)) {
    const { rows } = await adapter.queryRaw({ sql: `PRAGMA ${pragma}`, args: [], argTypes: [] });
    const actual = String(rows[0]?.[0]);
    if (actual !== String(expected)) throw new Error(`SQLite runs with ${pragma}=${actual}, not ${String(expected)}`);
  }
}

/**
 * SQLite rolls back by itself when the disk is full; the ROLLBACK that follows then fails, and its error would hide the
 * one that matters.
 */
function forgiveRollback(transaction: Transaction): Transaction {
  const executeRaw = transaction.executeRaw.bind(transaction);
  transaction.executeRaw = async (query: SqlQuery) => {
    try {
      return await executeRaw(query);
    } catch (error) {
      if (query.sql === "ROLLBACK" && String(error).includes("no transaction is active")) return 0;
      throw error;
    }
  };
  return transaction;
}
