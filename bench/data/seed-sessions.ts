import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { migrateDatabase } from "@/lib/store/prisma/migrate-database";
import { PROJECT_ROOT } from "../server/project-root";
import { openDatabase } from "./open-database";
import { SEED_STATEMENTS } from "./seed-statements";

export interface Seed {
  dataDir: string;
  active: number;
  ended: number;
}

/** Fills a new data folder with sessions named `bench-1`, `bench-2`, … of the last 30 days, the active ones last. */
export async function seedSessions({ dataDir, active, ended }: Seed): Promise<void> {
  mkdirSync(dataDir, { recursive: true });
  await migrateDatabase(join(dataDir, "holdfast.db"), PROJECT_ROOT);
  const database = openDatabase(dataDir);
  try {
    database.pragma("journal_mode = WAL");
    database.pragma("synchronous = OFF");
    const figures = { now: Date.now(), active, ended };
    database.transaction(() => {
      for (const statement of SEED_STATEMENTS) database.prepare(statement).run(figures);
    })();
    database.pragma("wal_checkpoint(TRUNCATE)");
  } finally {
    database.close();
  }
}
