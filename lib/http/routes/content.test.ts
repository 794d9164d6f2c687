import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";

let registry: TestRegistry;
let id: string;

beforeAll(async () => {
  registry = await startTestRegistry();
});
afterAll(() => registry.close());
beforeEach(async () => {
  const { body } = await registry.call<{ id: string }>("POST", "/api/mcp/sessions", { body: { server: "notes" } });
  id = body.id;
});

const state = (method: string, body?: unknown, headers: Record<string, string> = {}) =>
  registry.call(method, `/api/mcp/sessions/${id}/state`, { ...(body !== undefined && { body }), headers });
const messages = (method: string, body?: unknown, query = "") =>
  registry.call<{ messages: { seq: number; id: string | null; content: unknown }[]; [field: string]: unknown }>(
    method,
    `/api/mcp/sessions/${id}/messages${query}`,
    body === undefined ? {} : { body },
  );

describe("state", () => {
  it("is an empty object of version 0 until somebody writes it", async () => {
    const answer = await state("GET");
    expect([answer.status, answer.body, answer.headers.get("etag")]).toEqual([200, {}, '"0"']);
  });

  it("is replaced by PUT and merged by PATCH as RFC 7396 has it", async () => {
    expect((await state("PUT", { counter: 1, nested: { a: 1, b: 2 }, list: [1] })).headers.get("etag")).toBe('"1"');
    const merged = await state("PATCH", { counter: 5, nested: { a: null, c: [1] }, list: { x: null, y: 1 } });
    expect(merged.body).toEqual({ counter: 5, nested: { b: 2, c: [1] }, list: { y: 1 } });
    expect(merged.headers.get("etag")).toBe('"2"');
    expect((await state("GET")).body).toEqual(merged.body);
    expect((await registry.call("GET", `/api/mcp/sessions/${id}`)).body).toMatchObject({ stateVersion: 2 });
  });

  it("takes a merge patch under its own media type", async () => {
    const answer = await state("PATCH", { a: 1 }, { "content-type": "application/merge-patch+json" });
    expect([answer.status, answer.body]).toEqual([200, { a: 1 }]);
  });

  it("answers 304 to a reader who has it already", async () => {
    await state("PUT", { a: 1 });
    expect((await state("GET", undefined, { "if-none-match": '"1"' })).status).toBe(304);
    expect((await state("GET", undefined, { "if-none-match": '"0"' })).status).toBe(200);
  });

  it("refuses a write on another version with 412 and changes nothing", async () => {
    await state("PUT", { a: 1 });
    const refused = await state("PATCH", { a: 2 }, { "if-match": '"0"' });
    expect([refused.status, refused.body]).toMatchObject([412, { code: "precondition_failed", stateVersion: 1 }]);
    expect((await state("GET")).body).toEqual({ a: 1 });
    expect((await state("PATCH", { a: 2 }, { "if-match": '"1"' })).status).toBe(200);
    expect((await state("PATCH", { a: 3 }, { "if-match": "*" })).status).toBe(200);
  });

  it("refuses what is no object, a broken If-Match, and a merge that grows it too large", async () => {
    for (const body of ["[1]", "3", '"text"', "null"]) expect((await state("PUT", body)).status).toBe(400);
    expect((await state("PUT", { a: 1 }, { "if-match": "3" })).body).toMatchObject({ code: "invalid_request" });
    expect((await state("PUT", { a: "x".repeat(200_000) })).status).toBe(200);
    const refused = await state("PATCH", { b: "y".repeat(100_000) });
    expect([refused.status, refused.body]).toMatchObject([413, { code: "state_too_large" }]);
    expect(Object.keys((await state("GET")).body)).toEqual(["a"]);
  });

  it("can be read after the end and not written any more", async () => {
    await state("PUT", { kept: true });
    await registry.call("DELETE", `/api/mcp/sessions/${id}`);
    expect((await state("PATCH", { kept: false })).body).toMatchObject({ code: "session_gone" });
    expect((await state("GET")).body).toEqual({ kept: true });
  });

  it("of an unknown session is not found", async () => {
    id = "nobody";
    expect((await state("GET")).body).toMatchObject({ code: "session_not_found" });
    expect((await state("PUT", {})).body).toMatchObject({ code: "session_not_found" });
  });

  it("loses no merge of 50 concurrent writers with 40 merges each", async () => {
    const writers = Array.from({ length: 50 }, async (_, writer) => {
      for (let merge = 1; merge <= 40; merge += 1) {
        const answer = await state("PATCH", {
          [`writer${String(writer)}`]: merge,
          [`${String(writer)}-${String(merge)}`]: 1,
        });
        expect(answer.status).toBe(200);
      }
    });
    await Promise.all(writers);
    const answer = await state("GET");
    expect(answer.headers.get("etag")).toBe('"2000"');
    expect(Object.keys(answer.body)).toHaveLength(2_050);
  });
});

describe("messages", () => {
  it("are appended one by one or several at once, numbered without holes", async () => {
    const one = await messages("POST", { role: "user", content: "List the nodes." });
    expect([one.status, one.body]).toMatchObject([
      201,
      { messageCount: 1, messages: [{ seq: 1, id: null, role: "user" }] },
    ]);
    const blocks = [{ type: "text", text: "Three." }];
    const two = await messages("POST", {
      messages: [
        { role: "tool", content: blocks },
        { id: "m3", role: "assistant", content: "There are three." },
      ],
    });
    expect(two.body.messages.map(({ seq }) => seq)).toEqual([2, 3]);
    expect((await messages("GET")).body.messages.map(({ content }) => content)).toEqual([
      "List the nodes.",
      blocks,
      "There are three.",
    ]);
    expect((await registry.call("GET", `/api/mcp/sessions/${id}`)).body).toMatchObject({ messageCount: 3 });
  });

  it("count as activity", async () => {
    registry.time.advance(60_000);
    await messages("POST", { role: "user", content: "still here" });
    expect((await registry.call("GET", `/api/mcp/sessions/${id}`)).body).toMatchObject({ idleMs: 0 });
  });

  it("with a known id change nothing, so that a retry is harmless", async () => {
    const message = { id: "m1", role: "user", content: "once" };
    const first = await messages("POST", message);
    registry.time.advance(5);
    const again = await messages("POST", { messages: [message, { id: "m2", role: "user", content: "twice" }] });
    expect(again.body.messages[0]).toEqual(first.body.messages[0]);
    expect(again.body).toMatchObject({ messageCount: 2, messages: [{ seq: 1 }, { seq: 2 }] });
  });

  it("refuse an id that stands for another message, and then append nothing", async () => {
    await messages("POST", { id: "m1", role: "user", content: "one" });
    const refused = await messages("POST", {
      messages: [
        { role: "user", content: "new" },
        { id: "m1", role: "user", content: "other" },
      ],
    });
    expect([refused.status, refused.body]).toMatchObject([409, { code: "message_id_reused" }]);
    const twice = await messages("POST", {
      messages: [
        { id: "x", role: "user", content: "1" },
        { id: "x", role: "user", content: "1" },
      ],
    });
    expect(twice.body).toMatchObject({ code: "message_id_reused" });
    expect((await messages("GET")).body).toMatchObject({ messageCount: 1 });
  });

  it("page forwards and backwards", async () => {
    await messages("POST", {
      messages: Array.from({ length: 7 }, (_, index) => ({ role: "user", content: String(index + 1) })),
    });
    const seqs = async (query: string) => {
      const { body } = await messages("GET", undefined, query);
      return [body.messages.map(({ seq }) => seq), body["nextAfter"], body["nextBefore"]];
    };
    expect(await seqs("?limit=3")).toEqual([[1, 2, 3], 3, null]);
    expect(await seqs("?limit=3&after=3")).toEqual([[4, 5, 6], 6, 4]);
    expect(await seqs("?limit=3&after=6")).toEqual([[7], null, 7]);
    expect(await seqs("?limit=3&before=8")).toEqual([[5, 6, 7], null, 5]);
    expect(await seqs("?limit=3&before=3")).toEqual([[1, 2], 2, null]);
    expect((await messages("GET", undefined, "?after=1&before=3")).status).toBe(400);
  });

  it("refuse wrong roles, empty batches, too many at once and too large ones", async () => {
    expect((await messages("POST", { role: "robot", content: "x" })).status).toBe(400);
    expect((await messages("POST", { messages: [] })).status).toBe(400);
    const message = { role: "user", content: "x" };
    expect((await messages("POST", { messages: Array(101).fill(message) })).status).toBe(400);
    expect((await messages("POST", { role: "user", content: "x".repeat(70_000) })).status).toBe(400);
    expect((await messages("GET")).body).toMatchObject({ messageCount: 0 });
  });

  it("stop at the session's limit, all or nothing", async () => {
    const batch = (length: number) => ({ messages: Array.from({ length }, () => ({ role: "user", content: "." })) });
    for (let sent = 0; sent < 99; sent += 1) await messages("POST", batch(100));
    await messages("POST", batch(99));
    const refused = await messages("POST", batch(2));
    expect([refused.status, refused.body]).toMatchObject([422, { code: "too_many_messages" }]);
    expect((await messages("POST", batch(1))).body).toMatchObject({ messageCount: 10_000 });
  });

  it("and state writes stand in the timeline", async () => {
    await messages("POST", { role: "user", content: "x" });
    await state("PUT", { a: 1 });
    const { body } = await registry.call<{ events: unknown[] }>("GET", `/api/mcp/sessions/${id}/events`);
    expect(body.events).toMatchObject([
      { type: "created" },
      { type: "messages_appended", data: { count: 1 } },
      { type: "state_written", data: { version: 1, mode: "replace" } },
    ]);
  });

  it("of an ended session can be read and not appended to", async () => {
    await messages("POST", { role: "user", content: "x" });
    await registry.call("DELETE", `/api/mcp/sessions/${id}`);
    expect((await messages("POST", { role: "user", content: "late" })).body).toMatchObject({ code: "session_gone" });
    expect((await messages("GET")).body).toMatchObject({ messageCount: 1 });
  });
});
