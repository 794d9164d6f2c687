import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serveApi } from "@/lib/http/node-adapter";
import { dispatch } from "@/lib/http/dispatch";
import { instanceCalls } from "@/lib/testing/instance-calls";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";

interface ServerEvent {
  id: string | null;
  event: string;
  data: Record<string, unknown> | null;
}

/** Events of a stream, one at a time; null once it has ended. */
function readEvents(body: ReadableStream<Uint8Array>): () => Promise<ServerEvent | null> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  return async () => {
    for (;;) {
      const end = text.indexOf("\n\n");
      if (end >= 0) {
        const lines = text.slice(0, end).split("\n");
        text = text.slice(end + 2);
        const field = (name: string) =>
          lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? null;
        const event = field("event");
        if (event !== null) {
          return { id: field("id"), event, data: JSON.parse(field("data") ?? "null") as ServerEvent["data"] };
        }
        continue;
      }
      const { value, done } = await reader.read();
      if (done) return null;
      text += decoder.decode(value, { stream: true });
    }
  };
}

describe("commands for an instance", () => {
  let registry: TestRegistry;
  let calls: ReturnType<typeof instanceCalls>;
  const streams: AbortController[] = [];
  beforeEach(async () => {
    registry = await startTestRegistry();
    calls = instanceCalls(registry);
    await calls.register("a", "boot-a", { pid: 4121 });
    await calls.open("s", { instanceId: "a" });
    await calls.open("t", { instanceId: "a" });
  });
  afterEach(async () => {
    for (const stream of streams.splice(0)) stream.abort();
    await registry.close();
  });

  const path = (bootId = "boot-a") => `/api/mcp/instances/a/commands?bootId=${bootId}`;
  const follow = async (headers: Record<string, string> = {}) => {
    const response = await dispatch(new Request(`http://127.0.0.1:3738${path()}`, { headers }), registry.runtime);
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    if (!response.body) throw new Error("The stream has no body.");
    return readEvents(response.body);
  };
  const terminate = (id: string, reason = "stuck") =>
    registry.call("DELETE", `/api/mcp/sessions/${id}`, { body: { reason } });
  const acknowledge = (acks: object[], bootId = "boot-a") =>
    registry.call("POST", "/api/mcp/instances/a/commands", { body: { bootId, acks } });

  it("come as soon as they are given, and are settled with an outcome, the time it took and the process", async () => {
    const next = await follow();
    await terminate("s");
    const command = await next();
    expect(command).toMatchObject({ event: "command", data: { type: "terminate", sessionId: "s", reason: "stuck" } });
    expect(command?.id).toBe(command?.data?.["id"]);
    registry.time.advance(240);
    const acks = [{ id: command?.id, outcome: "done" }];
    expect(await acknowledge(acks)).toMatchObject({ status: 200, body: { acknowledged: [command?.id] } });
    expect(await acknowledge(acks)).toMatchObject({ status: 200, body: { acknowledged: [] } });
    expect((await calls.events("s")).slice(1)).toMatchObject([
      { type: "terminated", data: { commandId: command?.id } },
      {
        type: "command_acknowledged",
        data: { commandId: command?.id, outcome: "done", elapsedMs: 240, instanceId: "a", pid: 4121 },
      },
    ]);
    expect(await calls.beat("a", "boot-a")).toMatchObject({ body: { commands: [] } });
  });

  it("wait for a follower, in order, and are resumed after the last one it has seen", async () => {
    await terminate("s");
    await terminate("t");
    const next = await follow();
    const first = await next();
    expect([first, await next()]).toMatchObject([{ data: { sessionId: "s" } }, { data: { sessionId: "t" } }]);
    const resumed = await follow({ "last-event-id": String(first?.id) });
    expect(await resumed()).toMatchObject({ data: { sessionId: "t" } });
    const fromNowhere = await follow({ "last-event-id": "settled-long-ago" });
    expect(await fromNowhere()).toMatchObject({ data: { sessionId: "s" } });
  });

  it("come with the heartbeat too, until they are settled there", async () => {
    await terminate("s");
    const reply = await calls.beat("a", "boot-a");
    const [command] = reply.body["commands"] as { id: string }[];
    expect(command).toMatchObject({ type: "terminate", sessionId: "s" });
    const ack = { id: command?.id, outcome: "failed", detail: "transport is stuck" };
    expect(await calls.beat("a", "boot-a", { acks: [ack] })).toMatchObject({ body: { commands: [] } });
    expect((await calls.events("s")).at(-1)).toMatchObject({
      data: { outcome: "failed", detail: "transport is stuck" },
    });
  });

  it("survive a kill of Holdfast", async () => {
    await terminate("s");
    await registry.crash();
    calls = instanceCalls(registry);
    const next = await follow();
    expect(await next()).toMatchObject({ data: { sessionId: "s" } });
  });

  it("do not come to another instance, also not after it has claimed other sessions of the old one", async () => {
    await calls.register("b", "boot-b");
    await terminate("s");
    expect(await calls.beat("b", "boot-b")).toMatchObject({ body: { commands: [] } });
    await calls.disconnect("t");
    await calls.claim("t", "b", "boot-b");
    const { body } = await registry.call("POST", "/api/mcp/heartbeats", { body: { beats: [{ id: "t" }] } });
    expect(body).toMatchObject({ commands: [] });
    await terminate("t");
    expect(await calls.beat("b", "boot-b")).toMatchObject({ body: { commands: [{ sessionId: "t" }] } });
    expect(await calls.beat("a", "boot-a")).toMatchObject({ body: { commands: [{ sessionId: "s" }] } });
  });

  it("are not settled by one that does not know the session when others of its server may", async () => {
    await calls.open("free");
    await terminate("free");
    const [command] = (await calls.beat("a", "boot-a")).body["commands"] as { id: string }[];
    await acknowledge([{ id: command?.id, outcome: "unknown_session" }]);
    expect(await calls.beat("a", "boot-a")).toMatchObject({ body: { commands: [] } });
    await calls.register("b", "boot-b");
    expect(await calls.beat("b", "boot-b")).toMatchObject({ body: { commands: [{ id: command?.id }] } });
    expect(await calls.beat("b", "boot-b", { acks: [{ id: command?.id }] })).toMatchObject({ body: { commands: [] } });
    expect((await calls.events("free")).at(-1)).toMatchObject({ data: { outcome: "done", instanceId: "b" } });
  });

  it("come a hundred at a time, the next as those before are settled, however many others are open", async () => {
    await Promise.all(Array.from({ length: 120 }, (_, n) => calls.open(`free-${String(n)}`)));
    await Promise.all(Array.from({ length: 120 }, (_, n) => terminate(`free-${String(n)}`)));
    await Promise.all(Array.from({ length: 130 }, (_, n) => calls.open(`own-${String(n)}`, { instanceId: "a" })));
    const next = await follow();
    const decline = (ids: string[]) => acknowledge(ids.map((id) => ({ id, outcome: "unknown_session" })));
    const receive = async (count: number): Promise<string[]> => {
      const ids: string[] = [];
      while (ids.length < count) ids.push(String((await next())?.id));
      return ids;
    };
    await decline(await receive(100));
    await decline(await receive(20));
    await Promise.all(Array.from({ length: 130 }, (_, n) => terminate(`own-${String(n)}`)));
    const first = await receive(100);
    await acknowledge(first.map((id) => ({ id })));
    const rest = await receive(30);
    expect(new Set([...first, ...rest]).size).toBe(130);
    expect(await calls.beat("a", "boot-a")).toMatchObject({ body: { commands: { length: 30 } } });
  });

  it("are settled by nobody but their own server and instance", async () => {
    await calls.register("b", "boot-b");
    await calls.register("foreign", "boot-f", { server: "files" });
    await terminate("s");
    const [command] = (await calls.beat("a", "boot-a")).body["commands"] as { id: string }[];
    const acks = [{ id: command?.id }];
    for (const [id, bootId] of [
      ["b", "boot-b"],
      ["foreign", "boot-f"],
    ] as const) {
      expect(await calls.beat(id, bootId, { acks })).toMatchObject({ status: 200 });
    }
    expect(await calls.beat("a", "boot-a")).toMatchObject({ body: { commands: [{ id: command?.id }] } });
    expect(await acknowledge(acks)).toMatchObject({ body: { acknowledged: [command?.id] } });
  });

  it("come with the drain, when it begins and when it ends", async () => {
    const next = await follow();
    await registry.call("PUT", "/api/mcp/instances/a/drain");
    expect(await next()).toMatchObject({ event: "drain", data: { deadlineAt: null } });
    await registry.call("DELETE", "/api/mcp/instances/a/drain");
    expect(await next()).toEqual({ id: null, event: "drain", data: null });
  });

  it("end with the boot, and with Holdfast", async () => {
    const replaced = await follow();
    await calls.register("a", "boot-a2");
    expect(await replaced()).toBeNull();
    const refused = await registry.call("GET", path());
    expect(refused).toMatchObject({ status: 409, body: { code: "instance_superseded" } });
    const response = await dispatch(new Request(`http://127.0.0.1:3738${path("boot-a2")}`), registry.runtime);
    registry.runtime.beginShutdown();
    expect(await response.text()).toMatch(/^retry: \d+\n: open\n\n$/);
  });

  it("are refused to strangers", async () => {
    expect(await registry.call("GET", "/api/mcp/instances/nobody/commands?bootId=x")).toMatchObject({ status: 404 });
    expect(await registry.call("GET", "/api/mcp/instances/a/commands")).toMatchObject({ status: 400 });
    expect(await acknowledge([], "old")).toMatchObject({ status: 409, body: { code: "instance_superseded" } });
  });

  it("stream over a real connection, and stop when the follower hangs up", async () => {
    const server = createServer((request, response) => void serveApi(request, response, registry.runtime));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const abort = new AbortController();
    streams.push(abort);
    const response = await fetch(`http://127.0.0.1:${String(port)}${path()}`, { signal: abort.signal });
    if (!response.body) throw new Error("The stream has no body.");
    const next = readEvents(response.body);
    await terminate("s");
    expect(await next()).toMatchObject({ data: { sessionId: "s" } });
    abort.abort();
    // Resolves once the last connection has gone, the stream's included.
    await new Promise<void>((resolve) =>
      server.close(() => {
        resolve();
      }),
    );
    await terminate("t");
    expect(await calls.beat("a", "boot-a")).toMatchObject({
      body: { commands: [{ sessionId: "s" }, { sessionId: "t" }] },
    });
  });
});
