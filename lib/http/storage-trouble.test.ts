import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Session } from "@/lib/contract/session";
import { type Client, openConnection } from "@/lib/store/prisma/connection";
import { PrismaSessionStore } from "@/lib/store/prisma/prisma-session-store";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";

const SESSIONS = "/api/mcp/sessions";
const LARGE = { name: "x".repeat(7_000) };

describe("requests while storage is in trouble", () => {
  let registry: TestRegistry;
  beforeEach(async () => {
    registry = await startTestRegistry();
    await registry.call("POST", SESSIONS, { body: { id: "known", server: "notes" } });
  });
  afterEach(() => registry.close());

  const create = (id: string) => registry.call("POST", SESSIONS, { body: { id, server: "notes", clientInfo: LARGE } });
  const writes = () =>
    Promise.all([
      create("new"),
      registry.call("PATCH", `${SESSIONS}/known`, { body: { clientInfo: LARGE } }),
      registry.call("DELETE", `${SESSIONS}/known`, { body: { reason: "x".repeat(400) } }),
    ]);

  it("are answered 503 with a time to come back while another process holds the database, and work again after", async () => {
    const intruder = new Database(join(registry.dataDir, "holdfast.db"));
    intruder.exec("BEGIN IMMEDIATE");
    const heartbeat = await registry.call("POST", `${SESSIONS}/known/heartbeat`);
    for (const answer of [heartbeat, ...(await writes())]) {
      expect(answer).toMatchObject({ status: 503, body: { code: "storage_busy" } });
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    }
    expect((await registry.call<Session>("GET", `${SESSIONS}/known`)).body).toMatchObject({
      status: "active",
      requestCount: 0,
    });
    expect((await registry.call("GET", "/readyz")).status).toBe(200);
    intruder.exec("ROLLBACK");
    intruder.close();
    expect((await create("new")).status).toBe(201);
    expect((await registry.call("POST", `${SESSIONS}/known/heartbeat`)).status).toBe(200);
  });

  describe("of a disk that is full", () => {
    let writer: Client;

    /** The same registry on a store whose writing connection the test can reach. */
    beforeEach(async () => {
      const { context } = registry.runtime;
      await context.store.close();
      const databasePath = join(registry.dataDir, "holdfast.db");
      writer = await openConnection(databasePath);
      const reader = await openConnection(databasePath);
      context.store = new PrismaSessionStore({ writer, reader, databasePath, release: () => undefined });
    });

    it("are answered 507 with a time to come back, lose nothing, and work again once there is room", async () => {
      await writer.$queryRawUnsafe("PRAGMA max_page_count = 1");
      const answers = [];
      // Until every free page is used up there may be room for some.
      for (let attempt = 0; attempt < 20; attempt += 1) answers.push(await create(`s-${String(attempt)}`));
      const last = answers.at(-1);
      expect(last).toMatchObject({ status: 507, body: { code: "storage_full" } });
      expect(Number(last?.headers.get("retry-after"))).toBeGreaterThan(0);
      for (const [index, { status }] of answers.entries()) {
        const read = await registry.call("GET", `${SESSIONS}/s-${String(index)}`);
        expect(read.status).toBe(status === 201 ? 200 : 404);
      }
      expect((await registry.call("GET", `${SESSIONS}/health`)).status).toBe(200);
      await writer.$queryRawUnsafe("PRAGMA max_page_count = 1073741823");
      expect((await create("after")).status).toBe(201);
    });
  });
});
