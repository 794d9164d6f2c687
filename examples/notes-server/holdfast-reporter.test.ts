import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openReportedSession } from "../testing/open-reported-session";
import { gone, ok, refusal, ScriptedRegistry, unknown } from "../testing/scripted-registry";
import { HoldfastReporter } from "./holdfast-reporter";

let registry: ScriptedRegistry;
let reporter: HoldfastReporter;
let logged: string[];

beforeEach(async () => {
  registry = await new ScriptedRegistry().start();
  logged = [];
  reporter = new HoldfastReporter({
    url: registry.url,
    server: "notes",
    serverVersion: "1.0.0",
    instanceId: "notes-1",
    // Beats are sent when a test asks for them.
    heartbeatMs: 3_600_000,
    timeoutMs: 200,
    log: (line) => logged.push(line),
  });
});

afterEach(async () => {
  await reporter.stop();
  await registry.stop();
});

const openSession = (id: string) => openReportedSession(reporter, id);

/** The registration of the process comes whenever its stream of commands is opened. */
function callsFrom(start: number): string[] {
  const calls = registry.heard.slice(start).map(({ call }) => call);
  return calls.filter((call) => !call.startsWith("PUT "));
}

function lastBeat(): unknown {
  return registry.batches.at(-1)?.beats[0];
}

describe("HoldfastReporter", () => {
  it("registers a session with what its client said at initialize", async () => {
    await openSession("s-1");
    await reporter.report();
    expect(registry.registrations).toEqual([
      {
        id: "s-1",
        server: "notes",
        serverVersion: "1.0.0",
        instanceId: "notes-1",
        bootId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        clientInfo: { name: "atlas-ide", version: "2.4.1" },
        capabilities: { tools: { listChanged: true } },
        protocolVersion: "2025-11-25",
        transport: "streamable-http",
        principal: "ada",
        idleTimeoutMs: 60_000,
      },
    ]);
  });

  it("counts every request and error once", async () => {
    const { list, fumble } = await openSession("s-1");
    await reporter.report();
    await list();
    await fumble();
    await reporter.report();
    await reporter.report();
    expect(lastBeat()).toMatchObject({ id: "s-1", requests: 0, errors: 0, inFlight: 0 });
    expect(registry.total("requests")).toBe(3);
    expect(registry.total("errors")).toBe(1);
  });

  it.each([
    ["refuses connections", async () => registry.stop()],
    ["is overloaded", async () => void (registry.failWith = 503)],
    ["never answers", async () => void (registry.isSilent = true)],
  ])("serves on and loses nothing while Holdfast %s", async (_, fail) => {
    const { list, isOpen } = await openSession("s-1");
    await reporter.report();
    await fail();
    await list();
    await reporter.report();
    await list();
    await reporter.report();
    expect(isOpen()).toBe(true);
    expect(logged).toEqual([expect.stringContaining("carrying on without it")]);

    await registry.start().catch(() => undefined);
    registry.failWith = undefined;
    registry.isSilent = false;
    await reporter.report();
    expect(registry.total("requests")).toBe(3);
    expect(logged.at(-1)).toBe("reporting to Holdfast again");
  });

  it("registers and closes a session later that came and went while Holdfast was away", async () => {
    registry.failWith = 503;
    await openSession("s-1");
    await reporter.report();
    await registry.stop();
    reporter.closed("s-1");
    await reporter.report();
    await registry.start();
    registry.failWith = undefined;
    const { length } = registry.heard;
    await reporter.report();
    expect(callsFrom(length)).toEqual([
      "POST /api/mcp/sessions",
      "POST /api/mcp/instances/notes-1/heartbeat",
      "DELETE /api/mcp/sessions/s-1",
    ]);
  });

  it("ends a session that has expired at the registry", async () => {
    const { isOpen } = await openSession("s-1");
    registry.replyToBeats = ({ beats }) => ({ results: beats.map(gone), commands: [] });
    await reporter.report();
    expect(isOpen()).toBe(false);
    expect(logged).toEqual(["session s-1 ends: expired (idle_timeout)"]);
  });

  it("registers a session again that the registry does not know, with its counts", async () => {
    const { list } = await openSession("s-1");
    await reporter.report();
    await list();
    registry.replyToBeats = ({ beats }) => ({ results: beats.map(unknown), commands: [] });
    await reporter.report();
    registry.replyToBeats = ({ beats }) => ({ results: beats.map(ok), commands: [] });
    await reporter.report();
    expect(registry.registrations.map(({ id }) => id)).toEqual(["s-1", "s-1"]);
    expect(registry.total("requests")).toBe(2);
  });

  it("takes a registration as done whose answer got lost", async () => {
    registry.override = ({ call }) => (call === "POST /api/mcp/sessions" ? refusal(409, "session_exists") : undefined);
    await openSession("s-1");
    await reporter.report();
    await reporter.report();
    expect(registry.registrations).toHaveLength(1);
    expect(registry.total("requests")).toBe(1);
  });

  it("does not repeat a registration that Holdfast refuses", async () => {
    registry.override = ({ call }) => (call === "POST /api/mcp/sessions" ? refusal(400, "invalid_request") : undefined);
    const { isOpen } = await openSession("s-1");
    await reporter.report();
    await reporter.report();
    expect(registry.registrations).toHaveLength(1);
    expect(logged).toEqual([expect.stringContaining("refuses session s-1")]);
    expect(isOpen()).toBe(true);
  });

  it("sends a session's last counts before it reports the close", async () => {
    const { list } = await openSession("s-1");
    await reporter.report();
    await list();
    reporter.closed("s-1");
    await reporter.report();
    expect(registry.total("requests")).toBe(2);
    expect(registry.closes).toEqual([{ call: "DELETE /api/mcp/sessions/s-1", body: { as: "closed", by: "client" } }]);
    const { length } = registry.heard;
    await reporter.report();
    expect(callsFrom(length)).toEqual(["POST /api/mcp/instances/notes-1/heartbeat"]);
    expect(registry.batches.at(-1)).toEqual({ beats: [], acks: [] });
  });

  it("does not take a transport that closes for a client that said goodbye", async () => {
    const { hangUp } = await openSession("s-1");
    await reporter.report();
    await hangUp();
    const { length } = registry.heard;
    await reporter.report();
    expect(callsFrom(length)).toEqual(["POST /api/mcp/instances/notes-1/heartbeat"]);
    expect(registry.batches.at(-1)).toEqual({ beats: [], acks: [] });
  });

  it("splits many sessions into batches that Holdfast takes", async () => {
    await Promise.all(Array.from({ length: 501 }, (_, index) => openSession(`s-${String(index)}`)));
    await reporter.report();
    expect(registry.batches.slice(-2).map(({ beats }) => beats.length)).toEqual([500, 1]);
  });
});
