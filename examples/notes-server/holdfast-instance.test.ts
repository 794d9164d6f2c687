import { hostname } from "node:os";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openReportedSession, type ReportedSession } from "../testing/open-reported-session";
import { type Heard, refusal, ScriptedRegistry } from "../testing/scripted-registry";
import { HoldfastReporter } from "./holdfast-reporter";
import type { Boot } from "./holdfast-wire";

const REGISTER = /^PUT \/api\/mcp\/instances\/notes-1$/;
const HEARTBEAT = /\/heartbeat$/;
const CLAIM = /^POST \/api\/mcp\/sessions\/s-1\/claim$/;

let registry: ScriptedRegistry;
let reporter: HoldfastReporter;
let session: ReportedSession;
let logged: string[];

beforeEach(async () => {
  registry = await new ScriptedRegistry().start();
  logged = [];
  reporter = new HoldfastReporter({
    url: registry.url,
    server: "notes",
    serverVersion: "1.0.0",
    instanceId: "notes-1",
    heartbeatMs: 3_600_000,
    leaseMs: 10_000,
    log: (line) => logged.push(line),
  });
  session = await openReportedSession(reporter, "s-1");
  await reporter.report();
});

afterEach(async () => {
  await reporter.stop();
  await registry.stop();
});

const bootIds = (calls: RegExp) => registry.bodies<Boot>(calls).map(({ bootId }) => bootId);

/** Refuses the first call that matches. */
function refuseOnce(wanted: RegExp, status: number, code: string): void {
  let hasRefused = false;
  registry.override = ({ call }: Heard) => {
    if (hasRefused || !wanted.test(call)) return undefined;
    hasRefused = true;
    return refusal(status, code);
  };
}

function answerBeatsWith(outcome: "disconnected" | "fenced"): void {
  registry.replyToBeats = ({ beats }) => ({
    results: beats.map(({ id }) => ({ id, outcome, status: null, reason: null })),
    commands: [],
  });
}

describe("the process of a reporter", () => {
  it("registers with what operators want to know of it", () => {
    expect(registry.bodies(REGISTER)).toEqual([
      {
        bootId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        server: "notes",
        serverVersion: "1.0.0",
        host: hostname(),
        pid: process.pid,
        sdk: expect.stringMatching(/^@modelcontextprotocol\/sdk \d+\.\d+\.\d+$/) as string,
        protocolVersions: expect.arrayContaining(["2025-11-25"]) as string[],
        uptimeMs: expect.any(Number) as number,
        leaseMs: 10_000,
      },
    ]);
  });

  it("beats even without sessions", async () => {
    await session.hangUp();
    await reporter.report();
    expect(registry.batches.at(-1)).toEqual({ beats: [], acks: [] });
  });

  it("registers again with a Holdfast that does not know it, and reports at once", async () => {
    refuseOnce(HEARTBEAT, 404, "instance_not_found");
    const { length } = registry.heard;
    await reporter.report();
    expect(registry.heard.slice(length).map(({ call }) => call)).toEqual([
      "POST /api/mcp/instances/notes-1/heartbeat",
      "PUT /api/mcp/instances/notes-1",
      "POST /api/mcp/instances/notes-1/heartbeat",
    ]);
    expect(new Set(bootIds(REGISTER)).size).toBe(1);
    expect(logged).toEqual([]);
  });

  it("takes a new boot id when it was replaced, and claims its sessions", async () => {
    refuseOnce(HEARTBEAT, 409, "instance_superseded");
    answerBeatsWith("disconnected");
    await reporter.report();
    const [first, second] = bootIds(REGISTER);
    expect(second).not.toBe(first);
    expect(registry.bodies(CLAIM)).toEqual([{ instanceId: "notes-1", bootId: second }]);
    expect(bootIds(HEARTBEAT).at(-1)).toBe(second);
    expect(session.isOpen()).toBe(true);
  });

  it("lets go of a session that another process has taken over", async () => {
    answerBeatsWith("fenced");
    await reporter.report();
    expect(session.isOpen()).toBe(false);
    expect(registry.closes).toEqual([]);
  });

  it("lets go of a session whose claim comes too late", async () => {
    refuseOnce(CLAIM, 409, "session_owned");
    answerBeatsWith("disconnected");
    await reporter.report();
    expect(session.isOpen()).toBe(false);
  });

  it("leaves with Holdfast what restores a session", () => {
    const [state] = registry.bodies(/^PATCH \/api\/mcp\/sessions\/s-1\/state$/);
    expect(state).toMatchObject({
      "mcp.initialize": {
        method: "initialize",
        params: { protocolVersion: "2025-11-25", clientInfo: { name: "atlas-ide" }, capabilities: { roots: {} } },
      },
    });
  });

  it("says goodbye last of all, and nothing afterwards", async () => {
    await session.list();
    await reporter.stop();
    expect(registry.total("requests")).toBe(2);
    expect(registry.heard.at(-1)).toEqual({
      call: "DELETE /api/mcp/instances/notes-1",
      body: { bootId: bootIds(REGISTER)[0] },
    });
    const { length } = registry.heard;
    reporter.closed("s-1");
    await reporter.report();
    await reporter.stop();
    expect(registry.heard).toHaveLength(length);
  });
});
