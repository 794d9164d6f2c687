import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openReportedSession, type ReportedSession } from "../testing/open-reported-session";
import { gone, refusal, ScriptedRegistry } from "../testing/scripted-registry";
import { HoldfastReporter } from "./holdfast-reporter";

const TERMINATE = { id: "c-1", type: "terminate" as const, sessionId: "s-1", reason: "misbehaves" };
const DONE = { id: "c-1", outcome: "done" };

let registry: ScriptedRegistry;
let reporter: HoldfastReporter;
let session: ReportedSession;
let logged: string[];

beforeEach(async () => {
  registry = await new ScriptedRegistry().start();
  logged = [];
});

afterEach(async () => {
  await reporter.stop();
  await registry.stop();
});

async function start(): Promise<void> {
  reporter = new HoldfastReporter({
    url: registry.url,
    server: "notes",
    serverVersion: "1.0.0",
    instanceId: "notes-1",
    // Beats are sent when a test asks for them.
    heartbeatMs: 3_600_000,
    log: (line) => logged.push(line),
  });
  session = await openReportedSession(reporter, "s-1");
  await reporter.report();
  if (!registry.isStreamless) await registry.until(() => registry.followers === 1);
}

describe("commands", () => {
  it("are carried out and acknowledged as soon as they come on the stream", async () => {
    await start();
    registry.push("command", TERMINATE, "c-1");
    await registry.until(() => registry.acks.length > 0);
    expect(session.isOpen()).toBe(false);
    expect(logged).toEqual(["session s-1 ends: terminated by an operator: misbehaves"]);
    expect(registry.heard.at(-1)).toMatchObject({
      call: "POST /api/mcp/instances/notes-1/commands",
      body: { acks: [DONE] },
    });
  });

  it("are carried out with the heartbeat's reply where there is no stream", async () => {
    registry.isStreamless = true;
    await start();
    registry.replyToBeats = ({ beats }) => ({ results: beats.map(gone), commands: [TERMINATE] });
    await reporter.report();
    expect(session.isOpen()).toBe(false);
    expect(registry.acks).toEqual([DONE]);
  });

  it("are carried out once, and their answer is repeated until it is heard", async () => {
    await start();
    registry.override = ({ call }) => (call.endsWith("/commands") ? { status: 503, answer: {} } : undefined);
    registry.replyToBeats = ({ beats }) => ({ results: beats.map(gone), commands: [TERMINATE] });
    registry.push("command", TERMINATE, "c-1");
    await registry.until(() => registry.acks.length > 0);
    await reporter.report();
    expect(registry.batches.at(-1)?.acks).toEqual([DONE]);
    await reporter.report();
    expect(registry.batches.at(-1)?.acks).toEqual([]);
    expect(logged).toHaveLength(1);
  });

  it("for sessions that are not here are answered with that", async () => {
    await start();
    registry.push("command", { ...TERMINATE, sessionId: "elsewhere" }, "c-1");
    await registry.until(() => registry.acks.length > 0);
    expect(registry.acks).toEqual([{ id: "c-1", outcome: "unknown_session" }]);
    expect(session.isOpen()).toBe(true);
  });

  it("are followed again from where the stream ended", async () => {
    await start();
    registry.push("command", { ...TERMINATE, sessionId: "elsewhere" }, "c-7");
    await registry.until(() => registry.acks.length > 0);
    registry.endStreams();
    await registry.until(() => registry.resumed.length === 2);
    expect(registry.resumed).toEqual([undefined, "c-7"]);
    registry.push("command", { ...TERMINATE, id: "c-8" }, "c-8");
    await registry.until(() => registry.acks.length > 1);
    expect(session.isOpen()).toBe(false);
  });
});

describe("a drain", () => {
  const DRAIN = { since: "2026-03-01T12:00:00.000Z", deadlineAt: null };

  it("begins and ends as the stream says", async () => {
    await start();
    registry.push("drain", DRAIN);
    await expect.poll(() => reporter.isDraining).toBe(true);
    registry.push("drain", null);
    await expect.poll(() => reporter.isDraining).toBe(false);
  });

  it("begins and ends as the heartbeat's reply says", async () => {
    registry.isStreamless = true;
    await start();
    registry.override = ({ call }) =>
      call.endsWith("/heartbeat") ? { status: 200, answer: { drain: DRAIN, results: [], commands: [] } } : undefined;
    await reporter.report();
    expect(reporter.isDraining).toBe(true);
    registry.override = () => undefined;
    await reporter.report();
    expect(reporter.isDraining).toBe(false);
  });

  it("keeps a session waiting that slipped in, and registers it once the drain is over", async () => {
    await start();
    registry.override = ({ call }) =>
      call === "POST /api/mcp/sessions" ? refusal(409, "instance_draining") : undefined;
    const late = await openReportedSession(reporter, "s-2");
    await reporter.report();
    registry.override = () => undefined;
    await reporter.report();
    expect(registry.registrations.at(-1)?.id).toBe("s-2");
    expect(registry.batches.at(-1)?.beats.map(({ id }) => id)).toEqual(["s-1", "s-2"]);
    expect(late.isOpen()).toBe(true);
  });
});
