import { describe, expect, it } from "vitest";
import { recordNotices } from "@/lib/services/record-notices";
import type { LiveClient } from "@/lib/testing/live-client";
import { liveFixture } from "@/lib/testing/live-fixture";

const live = liveFixture();

describe("a viewer", () => {
  it("is greeted with the log's position, then told what happens", async () => {
    await live.calls.open("before");
    const viewer = await live.open();
    expect(viewer.frames).toMatchObject([{ type: "hello", seq: 1 }]);
    const created = (await live.calls.open("s")).body;
    expect(await viewer.frame("session_created")).toEqual({
      ...{ type: "session_created", seq: 2, at: created.createdAt, session: created },
    });
  });

  it("hears of every kind of change and end, with the session as it is then", async () => {
    const viewer = await live.open();
    await live.calls.open("s");
    await live.registry.call("PUT", "/api/mcp/sessions/s/state", { body: { counter: 1 } });
    const update = await viewer.frame("session_updated", ({ events }) => events.includes("state_written"));
    expect(update.session).toMatchObject({ id: "s", stateVersion: 1 });
    await live.registry.call("POST", "/api/mcp/sessions/s/messages", { body: { role: "user", content: "hi" } });
    await viewer.frame("session_updated", ({ events }) => events.includes("messages_appended"));
    live.registry.time.advance(6 * 60_000);
    await recordNotices(live.registry.runtime.context);
    const aged = await viewer.frame("session_updated", ({ events }) => events.includes("health_changed"));
    expect(aged.session.health).toBe("aging");
    await live.calls.disconnect("s");
    const lost = await viewer.frame("session_disconnected");
    expect(lost).toMatchObject({
      status: "disconnected",
      reason: "transport_lost",
      session: { status: "disconnected" },
    });
    await live.calls.open("idle", { idleTimeoutMs: 1_000 });
    live.registry.time.advance(1_000);
    await live.registry.sweep();
    const expired = await viewer.frame("session_disconnected", ({ status }) => status === "expired");
    expect(expired).toMatchObject({ reason: "idle_timeout", session: { id: "idle", endReason: "idle_timeout" } });
    await live.registry.call("POST", "/api/mcp/sessions/idle/renew");
    const renewed = await viewer.frame("session_updated", ({ events }) => events.includes("renewed"));
    expect(renewed.session.supersededBy).not.toBeNull();
  });

  it("follows a termination to its acknowledgement", async () => {
    await live.calls.register("i", "boot", { pid: 4121 });
    await live.calls.open("s", { instanceId: "i" });
    const viewer = await live.open();
    await live.terminate("s");
    const requested = await viewer.frame("command_updated");
    expect(requested).toMatchObject({ state: "requested", sessionId: "s", outcome: null, pid: null });
    expect(await viewer.frame("session_disconnected")).toMatchObject({
      reason: "operator_terminated",
      seq: requested.seq,
    });
    live.registry.time.advance(240);
    await live.calls.beat("i", "boot", { acks: [{ id: requested.commandId }] });
    expect(await viewer.frame("command_updated", ({ state }) => state === "acknowledged")).toMatchObject({
      ...{ commandId: requested.commandId, outcome: "done", elapsedMs: 240, instanceId: "i", pid: 4121 },
    });
  });

  it("follows instances: registered, draining, lost, back, stopped, and not each heartbeat", async () => {
    const viewer = await live.open();
    await live.calls.register("i", "boot");
    await viewer.frame("instance_updated", ({ instance }) => instance.status === "alive");
    await live.registry.call("PUT", "/api/mcp/instances/i/drain", { body: {} });
    await viewer.frame("instance_updated", ({ instance }) => instance.drain !== null);
    viewer.clear();
    await live.calls.beat("i", "boot");
    live.registry.time.advance(60_000);
    await live.registry.sweep();
    await viewer.frame("instance_updated", ({ instance }) => instance.status === "lost");
    expect(viewer.frames.filter(({ type }) => type === "instance_updated")).toHaveLength(1);
    viewer.clear();
    await live.calls.beat("i", "boot");
    await viewer.frame("instance_updated", ({ instance }) => instance.status === "alive");
    await live.calls.stop("i", "boot");
    await viewer.frame("instance_updated", ({ instance }) => instance.status === "stopped");
  });

  it("is told the figures when they change, by something done or by time alone", async () => {
    await live.calls.open("s");
    const viewer = await live.open();
    await viewer.frame("health", ({ health }) => health.ageDistribution.healthy === 1);
    live.registry.time.advance(6 * 60_000);
    const { health } = await viewer.frame("health", ({ health }) => health.ageDistribution.aging === 1);
    expect(health.recentActivity).toMatchObject([{ id: "s" }]);
  });

  it("is told of activity only for sessions that it watches, known by then or not", async () => {
    await live.calls.open("watched");
    await live.calls.open("other");
    const [viewer, bystander] = [await live.open(), await live.open()];
    viewer.subscribe({ watch: ["watched", "later"] });
    await viewer.frame("session_updated", ({ session }) => session.id === "watched");
    await live.calls.open("later");
    for (const id of ["watched", "other", "later"])
      await live.registry.call("POST", `/api/mcp/sessions/${id}/heartbeat`);
    for (const id of ["watched", "later"]) {
      const { events } = await viewer.frame(
        "session_updated",
        (f) => f.session.id === id && f.session.requestCount === 1,
      );
      expect(events).toEqual([]);
    }
    const updatesOf = (client: LiveClient) =>
      client.frames.flatMap((frame) => (frame.type === "session_updated" ? [frame.session.id] : []));
    expect(updatesOf(viewer)).not.toContain("other");
    expect(updatesOf(bystander)).toEqual([]);
  });

  it("gets only what its filter names, from its address or its subscription", async () => {
    const notes = await live.open({ query: "?server=notes" });
    const one = await live.open({ query: "?session=b" });
    await live.calls.open("a", { server: "files" });
    await live.calls.open("b", { server: "notes" });
    await live.calls.open("c", { server: "notes" });
    await notes.frame("session_created", ({ session }) => session.id === "c");
    await one.frame("session_created");
    notes.clear();
    notes.subscribe({ server: "files" });
    expect(await notes.frame("hello")).toMatchObject({ seq: 3 });
    await live.terminate("c");
    await live.terminate("a");
    await live.terminate("b");
    await notes.frame("session_disconnected");
    await one.frame("session_disconnected");
    const idsOf = (client: LiveClient) => client.frames.flatMap((f) => ("session" in f ? [f.session.id] : []));
    expect([idsOf(notes), idsOf(one)]).toEqual([["a"], ["b", "b"]]);
  });

  it("gets everything of a moment in one message", async () => {
    const viewer = await live.open();
    await Promise.all(Array.from({ length: 40 }, (_, index) => live.calls.open(`s-${String(index)}`)));
    await viewer.frame("session_created", ({ seq }) => seq === 40);
    expect(Math.max(...viewer.messageSizes)).toBeGreaterThan(10);
    expect(viewer.frames.filter(({ type }) => type === "session_created").map(({ seq }) => seq)).toEqual(
      Array.from({ length: 40 }, (_, index) => index + 1),
    );
  });
});

describe("a viewer that comes back", () => {
  it("gets what it missed, in order, and goes on from there", async () => {
    for (const id of ["a", "b", "c"]) await live.calls.open(id);
    const viewer = await live.open({ query: "?since=1" });
    await live.calls.open("d");
    await viewer.frame("session_created", ({ session }) => session.id === "d");
    const told = viewer.frames.filter(({ type }) => type !== "health");
    expect(told.map(({ type, seq }) => [type, seq])).toEqual([
      ["hello", 1],
      ["session_created", 2],
      ["session_created", 3],
      ["session_created", 4],
    ]);
  });

  it("has to read everything again when it missed too much", async () => {
    await live.calls.open("s");
    const { store } = live.registry.runtime.context;
    const change = { id: "s", now: live.registry.time.now(), changes: { principal: "p" } };
    await Promise.all(Array.from({ length: 1_001 }, () => store.updateSession(change)));
    const viewer = await live.open({ query: "?since=0" });
    expect(await viewer.frame("resync")).toMatchObject({ reason: "too_far_behind", seq: 1_002 });
    const nearer = await live.open({ query: "?since=2" });
    const update = await nearer.frame("session_updated", ({ seq }) => seq === 1_002);
    expect(update.session.principal).toBe("p");
    expect(nearer.frames.some(({ type }) => type === "resync")).toBe(false);
  });

  it("has to read everything again when it knows more than the registry", async () => {
    await live.calls.open("s");
    const viewer = await live.open({ query: "?since=5000" });
    expect(await viewer.frame("resync")).toMatchObject({ reason: "unknown_position", seq: 1 });
    await live.calls.open("t");
    expect(await viewer.frame("session_created")).toMatchObject({ seq: 2 });
  });

  it("may ask over its open connection as well", async () => {
    for (const id of ["a", "b"]) await live.calls.open(id);
    const viewer = await live.open();
    viewer.clear();
    viewer.subscribe({ since: 1 });
    expect(await viewer.frame("hello")).toMatchObject({ seq: 1 });
    expect(await viewer.frame("session_created")).toMatchObject({ seq: 2, session: { id: "b" } });
  });
});
