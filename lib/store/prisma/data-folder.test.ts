import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isStartupError } from "@/lib/domain/startup-error";
import { IN_MEMORY, takeDataFolder } from "./data-folder";

/** Another process of the same code that takes the folder and holds it until it is killed. */
const HOLDER = `
  import { takeDataFolder } from "./lib/store/prisma/data-folder.ts";
  takeDataFolder(process.argv[1]);
  console.log("held");
  setInterval(() => {}, 60_000);
`;

function refusalOf(dataDir: string): Error {
  try {
    takeDataFolder(dataDir).release();
  } catch (error) {
    if (isStartupError(error)) return error;
    throw error;
  }
  throw new Error("the folder was not refused");
}

describe("takeDataFolder", () => {
  let parent: string;
  let dataDir: string;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), "holdfast-test-"));
    dataDir = join(parent, "deep", "data");
  });
  afterEach(() => {
    rmSync(parent, { recursive: true });
  });

  it("creates the folder, for its owner only, and says where the database goes", () => {
    const folder = takeDataFolder(dataDir);
    expect(folder.databasePath).toBe(join(dataDir, "holdfast.db"));
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    folder.release();
  });

  it("refuses a second opener in words, naming the setting, the folder and the process that holds it", () => {
    const folder = takeDataFolder(dataDir);
    const { message } = refusalOf(dataDir);
    expect(message).toContain("HOLDFAST_DATA_DIR");
    expect(message).toContain(dataDir);
    expect(message).toContain(`pid ${String(process.pid)}`);
    folder.release();
  });

  it("can be taken again once it was released", () => {
    takeDataFolder(dataDir).release();
    const again = takeDataFolder(dataDir);
    expect(readFileSync(join(dataDir, "holdfast.pid"), "utf8")).toBe(String(process.pid));
    again.release();
  });

  it("is held against other processes, and free the moment its holder is killed", async () => {
    const args = ["--import", "tsx", "--input-type=module", "--eval", HOLDER, dataDir];
    const holder = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    await once(holder.stdout, "data");
    expect(refusalOf(dataDir).message).toContain(`pid ${String(holder.pid)}`);
    holder.kill("SIGKILL");
    await once(holder, "exit");
    takeDataFolder(dataDir).release();
  });

  it("names the setting when the folder cannot be made", () => {
    const file = join(parent, "file");
    writeFileSync(file, "");
    expect(refusalOf(join(file, "data")).message).toMatch(/^HOLDFAST_DATA_DIR: cannot create .*file\/data/);
    expect(refusalOf(file).message).toMatch(/^HOLDFAST_DATA_DIR: cannot create/);
  });

  it("names the setting when what lies in the folder cannot be used", () => {
    takeDataFolder(dataDir).release();
    writeFileSync(join(dataDir, "holdfast.lock"), "not a database at all, but long enough to be looked at".repeat(20));
    expect(refusalOf(dataDir).message).toMatch(/^HOLDFAST_DATA_DIR: cannot use/);
  });

  it("gives a throw-away instance a folder of its own that goes with it", () => {
    const [one, other] = [takeDataFolder(IN_MEMORY), takeDataFolder(IN_MEMORY)];
    const folders = [one, other].map(({ databasePath }) => dirname(databasePath));
    expect(new Set(folders).size).toBe(2);
    one.release();
    expect(folders.map((folder) => existsSync(folder))).toEqual([false, true]);
    other.release();
    expect(existsSync(folders[1] ?? "")).toBe(false);
  });
});
