import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Command, HeartbeatReply, HeartbeatsReply } from "@/lib/contract/heartbeat";
import type { Session } from "@/lib/contract/session";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";

const SESSIONS = "/api/mcp/sessions";
const BATCH = "/api/mcp/heartbeats";

describe("heartbeat routes", () => {
  let registry: TestRegistry;
  let created = 0;
  beforeAll(async () => {
    registry = await startTestRegistry();
  });
  afterAll(() => registry.close());

  const create = async (body: object = {}) => {
    const id = `s-${String((created += 1))}`;
    const answer = await registry.call("POST", SESSIONS, { body: { id, server: `server-${id}`, ...body } });
    expect(answer.status).toBe(201);
    return id;
  };
  const read = async (id: string) => (await registry.call<Session>("GET", `${SESSIONS}/${id}`)).body;
  const beat = (id: string, body?: unknown) =>
    registry.call<HeartbeatReply>("POST", `${SESSIONS}/${id}/heartbeat`, body === undefined ? {} : { body });
  const beats = (body: object) => registry.call<HeartbeatsReply>("POST", BATCH, { body });
  const inMs = (ms: number) => new Date(registry.time.now() + ms).toISOString();

  it.each([
    ["no body at all", undefined],
    ["an empty object", {}],
  ])("takes %s to mean that a request has just happened", async (_, body) => {
    const id = await create();
    registry.time.advance(60_000);
    const answer = await beat(id, body);
    expect(answer).toMatchObject({
      status: 200,
      body: { session: { id, status: "active", expiresAt: inMs(1_800_000) }, commands: [] },
    });
    expect(await read(id)).toMatchObject({ idleMs: 0, requestCount: 1, errorCount: 0, lastHeartbeatAt: inMs(0) });
  });

  it("adds up what it is told and dates the activity by its idle time", async () => {
    const id = await create();
    registry.time.advance(60_000);
    await beat(id, { idleMs: 20_000, requests: 3, errors: 1 });
    await beat(id, { idleMs: 10_000, requests: 2 });
    expect(await read(id)).toMatchObject({
      idleMs: 10_000,
      requestCount: 5,
      errorCount: 1,
      expiresAt: inMs(1_790_000),
    });
  });

  it("takes `requests: 0` without an idle time as a sign of life only", async () => {
    const id = await create();
    registry.time.advance(60_000);
    const answer = await beat(id, { requests: 0 });
    expect(answer.body.session.expiresAt).toBe(inMs(1_740_000));
    expect(await read(id)).toMatchObject({ idleMs: 60_000, requestCount: 0, lastHeartbeatAt: inMs(0) });
  });

  it("counts no idle time while requests are in flight, and from their end on", async () => {
    const id = await create();
    await beat(id, { inFlight: 2, requests: 0 });
    registry.time.advance(240_000);
    expect(await read(id)).toMatchObject({ idleMs: 0, inFlight: 2, health: "healthy" });
    await beat(id, { inFlight: 0, requests: 2 });
    registry.time.advance(1_000);
    expect(await read(id)).toMatchObject({ idleMs: 1_000, inFlight: 0, requestCount: 2 });
  });

  it("answers each beat of a batch in its place", async () => {
    const [alive, closed, expired] = [await create(), await create(), await create({ idleTimeoutMs: 1_000 })];
    await registry.call("DELETE", `${SESSIONS}/${closed}`, { body: { as: "closed" } });
    registry.time.advance(1_000);
    const answer = await beats({ beats: [expired, "nobody", alive, closed].map((id) => ({ id, requests: 1 })) });
    expect(answer).toMatchObject({ status: 200, body: { commands: [] } });
    expect(answer.body.results).toEqual([
      { id: expired, outcome: "gone", status: "expired", reason: "idle_timeout" },
      { id: "nobody", outcome: "unknown", status: null, reason: null },
      { id: alive, outcome: "ok", status: "active", reason: null },
      { id: closed, outcome: "gone", status: "closed", reason: "server_closed" },
    ]);
  });

  it("takes 1,000 beats at once and refuses one more as a whole", async () => {
    const id = await create();
    const thousand = Array.from({ length: 1_000 }, (_, index) => ({ id: index === 500 ? id : `n-${String(index)}` }));
    const answer = await beats({ beats: thousand });
    expect(answer.body.results.map((result) => result.id)).toEqual(thousand.map((sent) => sent.id));
    expect(answer.body.results.filter(({ outcome }) => outcome === "ok")).toHaveLength(1);
    const refused = await beats({ beats: [...thousand, { id }] });
    expect(refused).toMatchObject({
      status: 400,
      body: { code: "invalid_request", errors: [{ pointer: "/beats" }] },
    });
    expect(await read(id)).toMatchObject({ requestCount: 1 });
  });

  it("takes several beats of one session in one batch", async () => {
    const id = await create();
    const answer = await beats({ beats: [{ id }, { id, requests: 4, errors: 2 }, { id, requests: 0 }] });
    expect(answer.body.results.map(({ outcome }) => outcome)).toEqual(["ok", "ok", "ok"]);
    expect(await read(id)).toMatchObject({ requestCount: 5, errorCount: 2 });
  });

  it("takes them in their order, whether or not they name the epoch", async () => {
    const id = await create();
    const answer = await beats({ beats: [{ id }, { id, epoch: 1, inFlight: 1 }, { id, inFlight: 0 }] });
    expect(answer.body.results.map(({ outcome }) => outcome)).toEqual(["ok", "ok", "ok"]);
    expect(await read(id)).toMatchObject({ inFlight: 0, expiresAt: inMs(1_800_000) });
  });

  it("loses no count of beats that arrive at the same time", async () => {
    const id = await create();
    await Promise.all(Array.from({ length: 60 }, () => beat(id, { requests: 2, errors: 1 })));
    expect(await read(id)).toMatchObject({ requestCount: 120, errorCount: 60 });
  });

  it("answers an empty batch, and one of acknowledgements only", async () => {
    expect(await beats({ beats: [] })).toMatchObject({ status: 200, body: { results: [], commands: [] } });
    expect(await beats({ beats: [], acks: ["never-issued"] })).toMatchObject({ status: 200 });
  });

  it("answers 404 for a session that nobody registered", async () => {
    expect(await beat("nobody")).toMatchObject({ status: 404, body: { code: "session_not_found" } });
  });

  it("takes a heartbeat that overtakes the registration", async () => {
    const racing = beat("overtaken");
    const creating = registry.call("POST", SESSIONS, { body: { id: "overtaken", server: "notes" } });
    expect([(await racing).status, (await creating).status]).toEqual([200, 201]);
  });

  describe("after an operator's termination", () => {
    const terminated = async (body: object = {}) => {
      const id = await create(body);
      await registry.call("DELETE", `${SESSIONS}/${id}`, { body: { reason: "runaway" } });
      return id;
    };

    it("answers a late heartbeat with 410, the reason and the command", async () => {
      const id = await terminated();
      const answer = await registry.call("POST", `${SESSIONS}/${id}/heartbeat`);
      expect(answer).toMatchObject({
        status: 410,
        body: {
          code: "session_gone",
          sessionId: id,
          sessionStatus: "terminated",
          endReason: "operator_terminated",
          endDetail: "runaway",
          commands: [{ type: "terminate", sessionId: id, reason: "runaway" }],
        },
      });
    });

    it("tells the server in every reply, single and batch, until it acknowledges", async () => {
      const victim = await terminated({ server: "shared" });
      const other = await create({ server: "shared" });
      const single = (await beat(other)).body.commands;
      expect(single).toEqual([
        { id: expect.any(String) as string, type: "terminate", sessionId: victim, reason: "runaway" },
      ]);
      const batch = await beats({ beats: [{ id: other }, { id: victim }] });
      expect(batch.body.commands).toEqual(single);
      expect(batch.body.results[1]).toEqual({
        id: victim,
        outcome: "gone",
        status: "terminated",
        reason: "operator_terminated",
      });
      const acks = single.map((command: Command) => command.id);
      expect((await beats({ beats: [{ id: other }], acks })).body.commands).toEqual([]);
      expect((await beat(other)).body.commands).toEqual([]);
      expect((await beats({ beats: [{ id: victim }] })).body.commands).toEqual([]);
    });

    it("takes the acknowledgement with a single heartbeat too", async () => {
      await terminated({ server: "single" });
      const other = await create({ server: "single" });
      const acks = (await beat(other)).body.commands.map(({ id }) => id);
      expect(acks).toHaveLength(1);
      expect((await beat(other, { acks })).body.commands).toEqual([]);
    });

    it("tells no other server", async () => {
      await terminated({ server: "mine" });
      expect((await beat(await create({ server: "theirs" }))).body.commands).toEqual([]);
    });

    it("still tells the server after a restart of the registry", async () => {
      const victim = await terminated({ server: "patient" });
      const other = await create({ server: "patient" });
      await registry.restart();
      expect((await beat(other)).body.commands).toMatchObject([{ sessionId: victim }]);
    });

    it("stops repeating itself to a server that never acknowledges", async () => {
      await terminated({ server: "deaf" });
      const other = await create({ server: "deaf" });
      registry.time.advance(600_000);
      expect((await beat(other)).body.commands).toHaveLength(1);
      registry.time.advance(1);
      expect((await beat(other)).body.commands).toEqual([]);
    });

    it("has no command after a normal close: its server knows", async () => {
      const id = await create();
      await registry.call("DELETE", `${SESSIONS}/${id}`, { body: { as: "closed", by: "client" } });
      const answer = await registry.call("POST", `${SESSIONS}/${id}/heartbeat`);
      expect(answer).toMatchObject({ status: 410, body: { endReason: "client_closed", commands: [] } });
    });
  });
});
