import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SessionFacets, SessionList } from "@/lib/contract/session-list";
import { dispatch } from "@/lib/http/dispatch";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";

let registry: TestRegistry;

beforeEach(async () => {
  registry = await startTestRegistry();
});
afterEach(() => registry.close());

async function create(body: Record<string, unknown>): Promise<void> {
  const answer = await registry.call("POST", "/api/mcp/sessions", { body: { server: "notes", ...body } });
  expect(answer.status).toBe(201);
}

const list = async (query: string) => {
  const { status, body } = await registry.call<SessionList>("GET", `/api/mcp/sessions?${query}`);
  expect(status).toBe(200);
  return body.sessions.map(({ id }) => id);
};

const facetsOf = async (query = "") => {
  const path = `/api/mcp/sessions/facets?query=${encodeURIComponent(query)}`;
  return (await registry.call<SessionFacets>("GET", path)).body;
};

function download(query: string): Promise<Response> {
  return dispatch(new Request(`http://127.0.0.1:3738/api/mcp/sessions/export?${query}`), registry.runtime);
}

describe("listing by a query", () => {
  it("filters by the query language, and by the parameters of their own beside it", async () => {
    await create({ id: "a", labels: { team: "core" } });
    await create({ id: "b", clientInfo: { name: "Claude" } });
    await create({ id: "c", server: "search", labels: { team: "core" } });
    expect(await list(`query=${encodeURIComponent("label.team=core")}`)).toEqual(["c", "a"]);
    expect(await list(`query=${encodeURIComponent("label.team=core")}&server=notes`)).toEqual(["a"]);
    expect(await list(`query=${encodeURIComponent("-label.team=* client:cl*")}`)).toEqual(["b"]);
    expect(await list("server=no*")).toEqual([]);
  });

  it("says where a query goes wrong", async () => {
    const { status, body } = await registry.call(
      "GET",
      `/api/mcp/sessions?query=${encodeURIComponent("a stauts:active")}`,
    );
    expect(status).toBe(400);
    expect(body).toMatchObject({
      code: "invalid_request",
      errors: [
        {
          pointer: "query:query",
          detail: expect.stringMatching(/^at character 3: “stauts” is not a field/) as unknown,
        },
      ],
    });
  });
});

describe("counting by what sessions have in common", () => {
  it("counts what the list lists", async () => {
    await create({ id: "a", clientInfo: { name: "atlas" } });
    await create({ id: "b", clientInfo: { name: "atlas" }, protocolVersion: "2025-11-25" });
    await create({ id: "c", server: "search" });
    await registry.call("DELETE", "/api/mcp/sessions/c");
    const { facets, total, isComplete } = await facetsOf("server:notes");
    expect({ total, isComplete }).toEqual({ total: 2, isComplete: true });
    expect(facets).toEqual({
      status: [{ value: "active", count: 2 }],
      health: [{ value: "healthy", count: 2 }],
      server: [
        { value: "notes", count: 2 },
        { value: "search", count: 1 },
      ],
      client: [{ value: "atlas", count: 2 }],
      reason: [],
      protocol: [{ value: "2025-11-25", count: 1 }],
      is: [],
    });
  });

  it("answers those who ask within two seconds alike, and then counts again", async () => {
    await create({ id: "a" });
    expect((await facetsOf()).total).toBe(1);
    await create({ id: "b" });
    registry.time.advance(1_999);
    expect((await facetsOf()).total).toBe(1);
    expect((await facetsOf("status:active")).total).toBe(2);
    registry.time.advance(1);
    expect((await facetsOf()).total).toBe(2);
  });
});

describe("exporting", () => {
  it("writes CSV that no spreadsheet runs", async () => {
    await create({
      id: "=1+1",
      principal: "@user",
      clientInfo: { name: ' +"quoted", and so on', version: "\tx" },
      labels: { team: "core" },
    });
    const response = await download("format=csv");
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="sessions.csv"');
    const [header, line, rest] = (await response.text()).split("\r\n");
    expect(header).toMatch(/^id,kind,server,serverVersion,instanceId,client,/);
    expect(line).toContain(`'=1+1,protocol,notes,,,"' +""quoted"", and so on",'\tx,,'@user,`);
    expect(line).toMatch(/,"\{""team"":""core""\}"$/);
    expect(rest).toBe("");
  });

  it("writes one JSON document per line, the same as the list answers", async () => {
    await create({ id: "a" });
    await create({ id: "b", server: "search" });
    const { body } = await registry.call<SessionList>("GET", "/api/mcp/sessions?order=asc");
    const text = await (await download("format=jsonl&order=asc")).text();
    expect(text.endsWith("\n")).toBe(true);
    expect(
      text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(body.sessions);
  });

  it("has every session of the query once, however many there are", async () => {
    const ids = Array.from({ length: 1_100 }, (_, index) => `s-${String(index)}`);
    await Promise.all(ids.map((id) => create({ id, server: Number(id.slice(2)) % 11 === 0 ? "odd" : "notes" })));
    const text = await (await download(`format=jsonl&query=${encodeURIComponent("-server:odd")}`)).text();
    const exported = text
      .trimEnd()
      .split("\n")
      .map((line) => (JSON.parse(line) as { id: string }).id);
    expect(exported.toSorted()).toEqual(ids.filter((id) => Number(id.slice(2)) % 11 !== 0).toSorted());
  });

  it("is empty but for its header when nothing matches", async () => {
    expect((await (await download("format=csv&query=nothing")).text()).split("\r\n")).toHaveLength(2);
    expect(await (await download("format=jsonl&query=nothing")).text()).toBe("");
  });

  it("refuses what it cannot export", async () => {
    const { status } = await registry.call("GET", "/api/mcp/sessions/export?format=xlsx");
    expect(status).toBe(400);
    expect((await registry.call("GET", "/api/mcp/sessions/export?format=csv&sort=lastActivityAt")).status).toBe(400);
  });
});
