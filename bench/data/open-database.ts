import { join } from "node:path";
import Database from "better-sqlite3";

/** The database of a data folder, to fill it before a server starts or to check on what a server has written. */
export function openDatabase(dataDir: string): Database.Database {
  return new Database(join(dataDir, "holdfast.db"), { fileMustExist: true, timeout: 5_000 });
}

/** The first column of a query's first row. */
export function readNumber(database: Database.Database, sql: string): number {
  return Number(database.prepare(sql).pluck().get());
}
