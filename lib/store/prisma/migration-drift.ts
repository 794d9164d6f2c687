import { readMigrations, readSchema } from "./migrations-folder";
import { openSchemaEngine } from "./schema-engine";

const NO_FILTERS = { externalTables: [], externalEnums: [] };
const EMPTY_DIFF = "-- This is an empty migration.";

/** The SQL that the migrations below `rootDir` still lack to reach `prisma/schema.prisma`; empty when they match. */
export async function diffMigrationsToSchema(rootDir: string): Promise<string> {
  const [schema, migrations] = await Promise.all([readSchema(rootDir), readMigrations(rootDir)]);
  const { engine, close } = await openSchemaEngine(schema, ":memory:");
  try {
    const { stdout } = await engine.diff({
      from: { tag: "migrations", ...migrations },
      to: { tag: "schemaDatamodel", files: [schema] },
      script: true,
      exitCode: null,
      filters: NO_FILTERS,
    });
    return stdout === null || stdout.startsWith(EMPTY_DIFF) ? "" : stdout;
  } finally {
    await close();
  }
}
