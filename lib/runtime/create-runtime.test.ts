import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isStartupError } from "@/lib/domain/startup-error";
import { dispatch } from "@/lib/http/dispatch";
import { createMigratedFolder } from "@/lib/testing/migrated-folder";
import { loadConfig } from "./config";
import { createRuntime, type Runtime } from "./create-runtime";
import { getRuntime, shareRuntime } from "./get-runtime";

const SESSIONS = "http://127.0.0.1:3738/api/mcp/sessions";

describe("createRuntime", () => {
  let dataDir: string;
  const running: Runtime[] = [];
  beforeEach(async () => {
    dataDir = await createMigratedFolder();
  });
  afterEach(async () => {
    for (const runtime of running.splice(0)) await runtime.close();
    rmSync(dataDir, { recursive: true });
  });

  async function start(folder: string): Promise<Runtime> {
    const env = { HOLDFAST_DATA_DIR: folder, HOLDFAST_LOG_LEVEL: "silent" };
    const runtime = await createRuntime(loadConfig(env, process.cwd()));
    running.push(runtime);
    return runtime;
  }

  const create = (runtime: Runtime, id: string) => {
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ id, server: "notes", idleTimeoutMs: 1_000 });
    return dispatch(new Request(SESSIONS, { method: "POST", headers, body }), runtime);
  };

  it("refuses a data folder that is in use, and takes it once its user has closed", async () => {
    const first = await start(dataDir);
    await expect(start(dataDir)).rejects.toSatisfy(isStartupError);
    await first.close();
    expect((await start(dataDir)).isServing()).toBe(true);
  });

  it("starts on nothing at all: it makes the folder and the database", async () => {
    const parent = mkdtempSync(join(tmpdir(), "holdfast-test-"));
    const runtime = await start(join(parent, "new", "data"));
    expect((await create(runtime, "s")).status).toBe(201);
    await runtime.close();
    rmSync(parent, { recursive: true });
  });

  it("refuses to start on signing keys that it cannot use, and lets go of the folder", async () => {
    const path = join(dataDir, "signing-keys.json");
    writeFileSync(path, "damaged");
    await expect(start(dataDir)).rejects.toSatisfy(isStartupError);
    rmSync(path);
    await start(dataDir);
    expect(existsSync(path)).toBe(true);
  });

  it("forgets a throw-away instance's sessions with it", async () => {
    const first = await start(":memory:");
    expect((await create(first, "s")).status).toBe(201);
    const second = await start(":memory:");
    expect((await dispatch(new Request(`${SESSIONS}/s`), second)).status).toBe(404);
  });

  it("keeps house by itself: a real session in real time is recorded within a second of its deadline", async () => {
    const runtime = await start(dataDir);
    const recorded = new Promise<number>((resolve) => {
      runtime.context.store.onCommit((changes) => {
        for (const change of changes)
          if (change.type === "ended") resolve(runtime.context.clock.now() - change.endedAt);
      });
    });
    await create(runtime, "s");
    const delay = await recorded;
    expect(delay).toBeGreaterThanOrEqual(0);
    expect(delay).toBeLessThan(1_000);
  });

  it("finishes the writes that it accepted before it closes", async () => {
    const runtime = await start(dataDir);
    const writes = Array.from({ length: 50 }, (_, index) => create(runtime, `s-${String(index)}`));
    await new Promise(setImmediate);
    runtime.beginShutdown();
    expect(runtime.isServing()).toBe(false);
    const statuses = (await Promise.all(writes)).map(({ status }) => status);
    await runtime.close();
    expect(statuses).toEqual(Array(50).fill(201));
    const again = await start(dataDir);
    expect((await dispatch(new Request(`${SESSIONS}/s-49`), again)).status).toBe(200);
  });

  it("is found by every bundle of the process once it is shared", async () => {
    const runtime = await start(dataDir);
    shareRuntime(runtime);
    expect(await getRuntime()).toBe(runtime);
    const shared = (globalThis as unknown as Record<symbol, Promise<Runtime>>)[Symbol.for("holdfast.runtime")];
    expect(await shared).toBe(runtime);
  });
});
