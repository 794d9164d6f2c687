import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Session } from "@/lib/contract/session";
import type { SessionList } from "@/lib/contract/session-list";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";

const SESSIONS = "/api/mcp/sessions";

describe("GET /api/mcp/sessions", () => {
  let registry: TestRegistry;

  beforeAll(async () => {
    registry = await startTestRegistry();
    for (let index = 0; index < 12; index += 1) {
      const body = {
        id: `s-${String(index).padStart(2, "0")}`,
        server: index % 2 === 0 ? "notes" : "search & find",
        clientInfo: { name: index % 3 === 0 ? "Claude AI" : "cli" },
        principal: `user-${String(index % 4)}`,
      };
      await registry.call("POST", SESSIONS, { body });
      registry.time.advance(1_000);
    }
    await registry.call("DELETE", `${SESSIONS}/s-03`, { body: { as: "closed" } });
    registry.time.advance(1_000);
    await registry.call("DELETE", `${SESSIONS}/s-01`);
  });
  afterAll(() => registry.close());

  const list = async (query: string) => (await registry.call<SessionList>("GET", `${SESSIONS}${query}`)).body;
  const ids = async (query: string) => (await list(query)).sessions.map(({ id }) => id);
  const refusal = async (query: string) => registry.call("GET", `${SESSIONS}${query}`);

  it("lists the latest first, each as it reads on its own", async () => {
    const { sessions, nextCursor } = await list("");
    expect(sessions.map(({ id }) => id)).toEqual(
      Array.from({ length: 12 }, (_, index) => `s-${String(11 - index).padStart(2, "0")}`),
    );
    expect(nextCursor).toBeNull();
    for (const session of sessions) {
      expect((await registry.call<Session>("GET", `${SESSIONS}/${session.id}`)).body).toEqual(session);
    }
  });

  it.each([
    ["?status=closed", ["s-03"]],
    ["?status=closed,terminated", ["s-03", "s-01"]],
    ["?status=closed&status=terminated", null],
    ["?health=stale", []],
    ["?server=search%20%26%20find&status=active", ["s-11", "s-09", "s-07", "s-05"]],
    ["?server=search+%26+find&principal=user-3&order=asc", ["s-03", "s-07", "s-11"]],
    ["?client=Claude%20AI&order=asc", ["s-00", "s-03", "s-06", "s-09"]],
    ["?q=CLAUDE&status=active", ["s-09", "s-06", "s-00"]],
    ["?q=S-1", ["s-11", "s-10"]],
    ["?sort=endedAt", ["s-01", "s-03"]],
    ["?sort=lastActivityAt&order=asc&limit=2", ["s-00", "s-01"]],
  ])("answers %s", async (query, expected) => {
    if (expected === null) expect((await refusal(query)).status).toBe(400);
    else expect(await ids(query)).toEqual(expected);
  });

  it.each([
    "sort=createdAt",
    "sort=createdAt&order=asc",
    "sort=lastActivityAt",
    "sort=endedAt",
    "server=notes&order=asc",
  ])("pages through %s without losing or repeating any", async (query) => {
    const whole = await ids(`?${query}`);
    const seen: string[] = [];
    let cursor: string | null = "";
    for (let pages = 0; cursor !== null && pages < 20; pages += 1) {
      const page: SessionList = await list(`?${query}&limit=1${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.sessions.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(whole);
  });

  it("has no next page when the last one is exactly full", async () => {
    expect((await list("?limit=12")).nextCursor).toBeNull();
    expect((await list("?limit=11")).nextCursor).not.toBeNull();
  });

  it("hands out cursors that go into an address as they are", async () => {
    expect((await list("?limit=1")).nextCursor).toMatch(/^[\w-]+$/);
  });

  it("refuses a cursor of another order", async () => {
    const { nextCursor } = await list("?limit=1");
    for (const query of ["order=asc", "sort=lastActivityAt", "sort=endedAt"]) {
      const answer = await refusal(`?${query}&cursor=${String(nextCursor)}`);
      expect(answer).toMatchObject({ status: 400, body: { code: "invalid_cursor" } });
    }
  });

  it.each([
    "x",
    "%00",
    btoa("[]"),
    btoa("{}"),
    btoa('["createdAt","desc",1]'),
    btoa('["createdAt","desc","1; DROP TABLE Session",1]'),
    btoa('["createdAt","desc",1,-1]'),
    btoa('["createdAt","desc",1,1.5]'),
    btoa('["createdAt","desc",1e300,1]'),
    btoa('["createdAt","desc",1,1,1]'),
    "=".repeat(512),
  ])("refuses the forged cursor %s", async (cursor) => {
    const answer = await refusal(`?cursor=${encodeURIComponent(cursor)}`);
    expect(answer).toMatchObject({ status: 400, body: { code: "invalid_cursor" } });
  });

  it.each([
    ["?limit=0", "query:limit"],
    ["?limit=201", "query:limit"],
    ["?limit=ten", "query:limit"],
    ["?limit=1&limit=2", "query:limit"],
    ["?status=alive", "query:status"],
    ["?status=", "query:status"],
    ["?health=dead", "query:health"],
    ["?sort=id", "query:sort"],
    ["?order=up", "query:order"],
    ["?page=2", "query:page"],
    ["?q=", "query:q"],
    [`?q=${"x".repeat(201)}`, "query:q"],
    ["?server=%00", "query:server"],
    ["?q=%ED%A0%80%00", "query:q"],
    [`?cursor=${"x".repeat(513)}`, "query:cursor"],
    ["?__proto__=1", "query:__proto__"],
  ])("refuses %s and names the parameter", async (query, pointer) => {
    const answer = await refusal(query);
    expect(answer).toMatchObject({ status: 400, body: { code: "invalid_request" } });
    const errors = answer.body["errors"] as { pointer: string }[];
    expect(errors.map((error) => error.pointer)).toContain(pointer);
  });
});
