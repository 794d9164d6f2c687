import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { diffMigrationsToSchema } from "./migration-drift";

const ROOT = process.cwd();
const SCHEMA = readFileSync(join(ROOT, "prisma", "schema.prisma"), "utf8");

describe("the database schema", () => {
  it("is what the migrations lead to", async () => {
    expect(await diffMigrationsToSchema(ROOT)).toBe("");
  });

  it("is what the generated client was generated from", () => {
    const client = readFileSync(join(ROOT, "lib/store/prisma/generated/internal/class.ts"), "utf8");
    const [, inlined = '""'] = /"inlineSchema": ("(?:[^"\\]|\\.)*")/.exec(client) ?? [];
    expect(JSON.parse(inlined)).toBe(SCHEMA);
  });

  it("is found to have drifted when a migration is missing", async () => {
    const rootDir = mkdtempSync(join(tmpdir(), "holdfast-test-"));
    cpSync(join(ROOT, "prisma"), join(rootDir, "prisma"), { recursive: true });
    writeFileSync(
      join(rootDir, "prisma", "schema.prisma"),
      SCHEMA.replace("name      String", "nickname  String?\n  name String"),
    );
    expect(await diffMigrationsToSchema(rootDir)).toContain(`ALTER TABLE "Server" ADD COLUMN "nickname" TEXT`);
    rmSync(rootDir, { recursive: true });
  });
});
