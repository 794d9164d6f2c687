/**
 * Writes prisma/migrations/<timestamp>_<name>/migration.sql with the difference between the migrations that exist and
 * prisma/schema.prisma. Usage: npm run db:migration -- <name>
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { diffMigrationsToSchema } from "../lib/store/prisma/migration-drift.ts";

const name = process.argv[2];
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  console.error("Usage: npm run db:migration -- <name in lower case with underscores>");
  process.exit(2);
}
const sql = await diffMigrationsToSchema(process.cwd());
if (sql === "") {
  console.log("The migrations already match prisma/schema.prisma.");
  process.exit(0);
}
const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
const folder = join("prisma", "migrations", `${stamp}_${name}`);
await mkdir(folder, { recursive: true });
await writeFile(join(folder, "migration.sql"), sql);
console.log(`Wrote ${folder}/migration.sql`);
