import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Session } from "@/lib/contract/session";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";

const SESSIONS = "/api/mcp/sessions";

describe("Idempotency-Key", () => {
  let registry: TestRegistry;
  let keys = 0;
  beforeAll(async () => {
    registry = await startTestRegistry();
  });
  afterAll(() => registry.close());

  const newKey = () => `key-${String((keys += 1))}`;
  const create = (key: string, body: unknown) =>
    registry.call<Session>("POST", SESSIONS, { body, headers: { "idempotency-key": key } });

  it("answers a retry with the session of the first time, and says that it is one", async () => {
    const key = newKey();
    const first = await create(key, { server: "notes", labels: { a: "1", b: "2" } });
    const retry = await create(key, { labels: { b: "2", a: "1" }, server: "notes" });
    expect([first.status, retry.status]).toEqual([201, 201]);
    expect(retry.body).toEqual(first.body);
    expect(retry.headers.get("location")).toBe(first.headers.get("location"));
    expect([first, retry].map(({ headers }) => headers.get("idempotency-replayed"))).toEqual([null, "true"]);
  });

  it("also when the request named the id itself", async () => {
    const key = newKey();
    const body = { id: "named", server: "notes" };
    const [first, retry] = [await create(key, body), await create(key, body)];
    expect([first.status, retry.status, retry.body.id]).toEqual([201, 201, "named"]);
  });

  it("refuses the key of another request", async () => {
    const key = newKey();
    await create(key, { server: "notes" });
    for (const body of [{ server: "other" }, { server: "notes", id: "x" }, { server: "notes", labels: { a: "b" } }]) {
      expect(await create(key, body)).toMatchObject({ status: 422, body: { code: "idempotency_key_reused" } });
    }
  });

  it("creates one session however many retries race", async () => {
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 15 }, () => create(key, { server: "race" })));
    expect(answers.map(({ status }) => status)).toEqual(Array(15).fill(201));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.get("idempotency-replayed") === null)).toHaveLength(1);
    const list = await registry.call<{ sessions: unknown[] }>("GET", `${SESSIONS}?server=race`);
    expect(list.body.sessions).toHaveLength(1);
  });

  it("lets one of two different requests that race with one key win, and refuses the other", async () => {
    const key = newKey();
    const answers = await Promise.all(["one", "two"].map((server) => create(key, { server })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
  });

  it("still knows the key after a restart and after the session's end", async () => {
    const key = newKey();
    const { body } = await create(key, { server: "notes" });
    await registry.call("DELETE", `${SESSIONS}/${body.id}`);
    await registry.restart();
    const retry = await create(key, { server: "notes" });
    expect(retry).toMatchObject({ status: 201, body: { id: body.id, status: "terminated" } });
  });

  it("does not spend a key on a request that failed", async () => {
    const key = newKey();
    expect((await create(key, { server: "" })).status).toBe(400);
    await create(newKey(), { server: "notes", id: "occupied" });
    expect((await create(key, { server: "notes", id: "occupied" })).status).toBe(409);
    expect((await create(key, { server: "notes", id: "vacant" })).status).toBe(201);
  });

  it.each(["with space", "a".repeat(256), "ümlaut"])("refuses %j as a key", async (key) => {
    const answer = await create(key, { server: "notes" });
    expect(answer).toMatchObject({
      status: 400,
      body: { code: "invalid_request", errors: [{ pointer: "header:Idempotency-Key" }] },
    });
  });
});
