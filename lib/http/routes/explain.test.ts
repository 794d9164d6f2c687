import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";

interface Explanation {
  status: string;
  sentence: string;
  evidence: { fact: string; at: string | null; value: string | null }[];
}

const MINUTE = 60_000;
const SESSIONS = "/api/mcp/sessions";
const BOOT = { bootId: "boot-1", server: "notes", leaseMs: 30_000 };
let registry: TestRegistry;
let id: string;

/** It is noon when each of them begins. */
beforeEach(async () => {
  registry = await startTestRegistry();
  id = await create({});
});
afterEach(() => registry.close());

async function create(body: object): Promise<string> {
  const answer = await registry.call<{ id: string }>("POST", SESSIONS, { body: { server: "notes", ...body } });
  return answer.body.id;
}
const explain = async () => (await registry.call<Explanation>("GET", `${SESSIONS}/${id}/explain`)).body;
const sentence = async () => (await explain()).sentence;
const beat = (body: object) => registry.call("POST", `${SESSIONS}/${id}/heartbeat`, { body });
const end = (body: object) => registry.call("DELETE", `${SESSIONS}/${id}`, { body });
const disconnect = (body: object) => registry.call("POST", `${SESSIONS}/${id}/disconnect`, { body });
const register = (body: object = {}) =>
  registry.call("PUT", "/api/mcp/instances/notes-1", { body: { ...BOOT, ...body } });
const instanceBeats = () =>
  registry.call("POST", "/api/mcp/instances/notes-1/heartbeat", { body: { bootId: "boot-1" } });

async function lives(ms: number): Promise<void> {
  registry.time.advance(ms);
  await registry.sweep();
}

describe("explaining a session in use", () => {
  it("says what is left of its time", async () => {
    await lives(10 * MINUTE);
    expect(await sentence()).toBe("Active; last used 10 min ago; it expires in 20 min unless it is used before.");
    await beat({ inFlight: 2 });
    expect(await sentence()).toBe("Active; 2 in flight; it expires in 35 min unless it is used before.");
  });

  it("does not promise that use could prolong a lifetime", async () => {
    id = await create({ lifetimeMs: 20 * MINUTE });
    await lives(5 * MINUTE);
    expect(await sentence()).toBe("Active; last used 5 min ago; its lifetime is over in 15 min.");
  });

  it("knows of no end of one that was taken up again", async () => {
    await register();
    id = await create({ instanceId: "notes-1" });
    await lives(31_000);
    expect((await explain()).status).toBe("disconnected");
    await instanceBeats();
    expect(await explain()).toMatchObject({ status: "active" });
    expect(await sentence()).toBe("Active; last used 31 s ago; it expires in 29 min 29 s unless it is used before.");
  });

  it("is refused for one that nobody knows", async () => {
    id = "nobody";
    expect(await explain()).toMatchObject({ code: "session_not_found" });
  });
});

describe("explaining a session that was not used any more", () => {
  it("whose server kept beating: its client went quiet", async () => {
    for (let minute = 0; minute < 30; minute += 1) {
      await beat({ requests: 0 });
      await lives(MINUTE);
    }
    expect(await explain()).toMatchObject({ status: "expired" });
    expect(await sentence()).toBe(
      "Expired after 30 min without a request; its MCP server kept reporting until 12:29:00 UTC, so the client went quiet, the server did not.",
    );
  });

  it("whose server process kept its lease without a word on it: its client went quiet", async () => {
    await register();
    id = await create({ instanceId: "notes-1" });
    for (let beats = 0; beats < 90; beats += 1) {
      await lives(20_000);
      await instanceBeats();
    }
    const { sentence: why, evidence } = await explain();
    expect(why).toBe(
      "Expired after 30 min without a request; its server process notes-1 kept reporting until 12:30:00 UTC, so the client went quiet, the server did not.",
    );
    expect(evidence).toContainEqual({
      fact: "instance_last_heartbeat",
      at: "2026-01-11T12:30:00.000Z",
      value: "notes-1",
    });
  });

  it("whose server went quiet as well", async () => {
    await beat({});
    await lives(30 * MINUTE);
    expect(await sentence()).toBe(
      "Expired after 30 min without a request; its MCP server was last heard of at 12:00:00 UTC, 30 min before, so it may have gone away itself.",
    );
  });

  it("that nobody ever reported on", async () => {
    await lives(30 * MINUTE);
    expect(await sentence()).toBe(
      "Expired after 30 min without a request; its MCP server never reported on it, so nobody knows whether its client was still there.",
    );
  });

  it("before anything recorded it, in the same words as after", async () => {
    await beat({});
    registry.time.advance(31 * MINUTE);
    const before = await explain();
    await registry.sweep();
    expect(await explain()).toEqual(before);
  });

  it("that lived as long as it was allowed to", async () => {
    id = await create({ lifetimeMs: 90 * MINUTE, idleTimeoutMs: 60 * MINUTE });
    await lives(40 * MINUTE);
    await beat({});
    await lives(50 * MINUTE);
    expect(await sentence()).toBe(
      "Expired after 1 h 30 min, the longest it was allowed to live; it was last used 50 min before its end.",
    );
  });

  it("that was renewed since", async () => {
    await lives(30 * MINUTE);
    await registry.call("POST", `${SESSIONS}/${id}/renew`, { body: { id: "successor" } });
    const { sentence: why, evidence } = await explain();
    expect(why).toMatch(/^Expired after 30 min without a request; .*; it was continued as successor\.$/);
    expect(evidence).toContainEqual({ fact: "continued_as", at: null, value: "successor" });
  });

  it("that a reconnect token can still bring back", async () => {
    id = await create({ idleTimeoutMs: 5 * MINUTE });
    await registry.call("POST", `${SESSIONS}/${id}/token`);
    await lives(5 * MINUTE);
    expect(await sentence()).toMatch(/; a reconnect token can bring it back until 12:15:00 UTC\.$/);
    await lives(10 * MINUTE);
    expect(await sentence()).not.toContain("token");
  });
});

describe("explaining a session that was ended", () => {
  it("by its client", async () => {
    await lives(65_000);
    await end({ as: "closed", by: "client" });
    expect(await sentence()).toBe("Closed by its client after 1 min 5 s; that is how a session should end.");
  });

  it("by its server", async () => {
    await lives(1_500);
    await end({ as: "closed", reason: "too many sessions" });
    expect(await sentence()).toBe("Closed by its MCP server after 1 s: “too many sessions”.");
  });

  it("by an operator, in the operator's words", async () => {
    await lives(20);
    await end({ reason: "runaway agent" });
    const { sentence: why, evidence } = await explain();
    expect(why).toBe("Terminated by an operator after 20 ms: “runaway agent”.");
    expect(evidence).toContainEqual({ fact: "reason_given", at: null, value: "runaway agent" });
    expect(evidence.find(({ fact }) => fact === "ended")).toMatchObject({ value: "operator_terminated" });
  });

  it("while it had no server", async () => {
    await lives(10_000);
    await disconnect({ reason: "transport_lost", detail: "socket reset" });
    await lives(MINUTE);
    await end({ reason: "clean up" });
    expect(await sentence()).toBe(
      "Terminated by an operator after 1 min 10 s: “clean up”; it had been disconnected since 12:00:10 UTC.",
    );
  });

  it("because a used reconnect token of it came back", async () => {
    const { body: first } = await registry.call<{ token: string }>("POST", `${SESSIONS}/${id}/token`);
    const redeem = () =>
      registry.call<{ token: string }>("POST", `${SESSIONS}/${id}/reconnect`, { body: { token: first.token } });
    const { body: second } = await redeem();
    await registry.call("POST", `${SESSIONS}/${id}/reconnect`, { body: { token: second.token } });
    await lives(12_000);
    await redeem();
    expect(await explain()).toMatchObject({ status: "terminated" });
    expect(await sentence()).toBe(
      "Terminated by Holdfast after 12 s, because a used reconnect token came back: it may be in the wrong hands.",
    );
  });
});

describe("explaining a session that lost its server", () => {
  const WINDOW = 15 * MINUTE;

  it("when its process fell silent: how long it waits, and that it waited in vain", async () => {
    await register();
    id = await create({ instanceId: "notes-1", idleTimeoutMs: 60 * MINUTE });
    await lives(10_000);
    await instanceBeats();
    await lives(30_000);
    await lives(3 * MINUTE);
    const waiting = await explain();
    expect(waiting.status).toBe("disconnected");
    expect(waiting.sentence).toBe(
      "Disconnected after 40 s: its server process notes-1 was last heard of at 12:00:10 UTC and let its lease run out by 12:00:40 UTC; it can be taken up again until 12:15:40 UTC, for another 12 min.",
    );
    expect(waiting.evidence).toContainEqual({ fact: "lease_lost", at: "2026-01-11T12:00:40.000Z", value: "notes-1" });
    expect(waiting.evidence).toContainEqual({ fact: "recoverable_until", at: "2026-01-11T12:15:40.000Z", value: null });
    await lives(12 * MINUTE);
    const over = await explain();
    expect(over.status).toBe("expired");
    expect(over.sentence).toBe(
      "Expired because nobody took it up again within 15 min: its server process notes-1 was last heard of at 12:00:10 UTC and let its lease run out by 12:00:40 UTC.",
    );
    expect(over.evidence).toContainEqual({
      fact: "disconnected",
      at: "2026-01-11T12:00:40.000Z",
      value: "instance_lost",
    });
    expect(over.evidence).toContainEqual({
      fact: "ended",
      at: "2026-01-11T12:15:40.000Z",
      value: "recovery_window_over",
    });
  });

  it("when its process was started anew without a goodbye", async () => {
    await register();
    id = await create({ instanceId: "notes-1" });
    await lives(5_000);
    await register({ bootId: "boot-2" });
    expect(await sentence()).toBe(
      "Disconnected after 5 s: its server process notes-1 was started anew at 12:00:05 UTC, without a goodbye from the process before; it can be taken up again until 12:15:05 UTC, for another 15 min.",
    );
  });

  it("when its process shut down in good order", async () => {
    await register();
    id = await create({ instanceId: "notes-1" });
    await lives(20_000);
    await registry.call("DELETE", "/api/mcp/instances/notes-1", { body: { bootId: "boot-1" } });
    expect((await explain()).status).toBe("disconnected");
    await lives(WINDOW);
    expect(await sentence()).toBe(
      "Expired because nobody took it up again within 15 min: its server process notes-1 shut down in good order at 12:00:20 UTC.",
    );
  });

  it("when its server said so itself", async () => {
    await lives(20_000);
    await disconnect({ reason: "server_shutdown" });
    expect(await sentence()).toBe(
      "Disconnected after 20 s: its MCP server shut down in good order at 12:00:20 UTC; it can be taken up again until 12:15:20 UTC, for another 15 min.",
    );
  });

  it("when its transport broke, in the server's words", async () => {
    await lives(20_000);
    await disconnect({ reason: "transport_lost", detail: "socket reset" });
    await lives(WINDOW);
    const { sentence: why, evidence } = await explain();
    expect(why).toBe(
      "Expired because nobody took it up again within 15 min: its MCP server lost the connection to its client at 12:00:20 UTC: “socket reset”.",
    );
    expect(evidence).toContainEqual({ fact: "reason_given", at: null, value: "socket reset" });
  });

  it("when its lifetime was over before anybody came", async () => {
    id = await create({ lifetimeMs: 10 * MINUTE });
    await lives(MINUTE);
    await disconnect({});
    await lives(9 * MINUTE);
    expect(await sentence()).toBe(
      "Expired after 10 min, the longest it was allowed to live; it had been disconnected since 12:01:00 UTC.",
    );
  });
});
