import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { disconnectOrphans, sweepInstances } from "@/lib/services/sweep-instances";
import { instanceCalls } from "@/lib/testing/instance-calls";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";

const LEASE_MS = 30_000;

describe("instance routes", () => {
  let registry: TestRegistry;
  let calls: ReturnType<typeof instanceCalls>;
  beforeEach(async () => {
    registry = await startTestRegistry();
    calls = instanceCalls(registry);
  });
  afterEach(() => registry.close());

  const sweep = () => sweepInstances(registry.runtime.context);
  const typesOf = async (id: string) => (await calls.events(id)).map(({ type }) => type);

  describe("registration", () => {
    it("keeps what a process says of itself, with ages turned into times", async () => {
      const facts = {
        serverVersion: "1.2.0",
        host: "web-1",
        pid: 4121,
        sdk: "sdk 1.32.2",
        protocolVersions: ["2025-11-25"],
      };
      const answer = await calls.register("notes-1", "boot-a", { ...facts, uptimeMs: 60_000 });
      const now = registry.time.now();
      expect(answer).toMatchObject({
        status: 201,
        body: {
          ...facts,
          ...{ id: "notes-1", bootId: "boot-a", server: "notes", status: "alive", endedAt: null, drain: null },
          startedAt: new Date(now - 60_000).toISOString(),
          leaseExpiresAt: new Date(now + LEASE_MS).toISOString(),
        },
      });
      expect(await calls.read("notes-1")).toMatchObject({
        status: 200,
        body: { sessions: { active: 0, disconnected: 0 } },
      });
    });

    it("is renewed by the same boot, with its facts", async () => {
      await calls.register("notes-1", "boot-a");
      expect(await calls.register("notes-1", "boot-a", { pid: 7 })).toMatchObject({ status: 200, body: { pid: 7 } });
    });

    it("supersedes the boot before, which can neither beat, register nor say goodbye any more", async () => {
      await calls.register("notes-1", "boot-a");
      await calls.register("notes-1", "boot-b");
      const refused = { status: 409, body: { code: "instance_superseded" } };
      expect(await calls.beat("notes-1", "boot-a")).toMatchObject(refused);
      expect(await calls.register("notes-1", "boot-a")).toMatchObject(refused);
      expect(await calls.stop("notes-1", "boot-a")).toMatchObject(refused);
      expect(await calls.read("notes-1")).toMatchObject({ body: { bootId: "boot-b", status: "alive" } });
    });

    it("does not take over the id of another server's living process", async () => {
      await calls.register("one", "boot-a", { server: "notes" });
      expect(await calls.register("one", "boot-b", { server: "files" })).toMatchObject({
        status: 409,
        body: { code: "instance_exists", instanceId: "one" },
      });
      await calls.stop("one", "boot-a");
      expect(await calls.register("one", "boot-b", { server: "files" })).toMatchObject({ status: 201 });
    });

    it("stays with its server: the same boot cannot say that it is another's", async () => {
      await calls.register("one", "boot-a", { server: "notes" });
      const refused = { status: 409, body: { code: "instance_exists" } };
      expect(await calls.register("one", "boot-a", { server: "files" })).toMatchObject(refused);
      registry.time.advance(LEASE_MS);
      await sweep();
      expect(await calls.register("one", "boot-a", { server: "files" })).toMatchObject(refused);
      expect(await calls.read("one")).toMatchObject({ body: { server: "notes", status: "lost" } });
    });

    it("is asked for by those who were never registered", async () => {
      expect(await calls.beat("nobody", "b")).toMatchObject({ status: 404, body: { code: "instance_not_found" } });
      expect(await calls.read("nobody")).toMatchObject({ status: 404, body: { code: "instance_not_found" } });
      expect(await calls.stop("nobody", "b")).toMatchObject({ status: 404 });
    });
  });

  describe("a goodbye", () => {
    it("leaves the sessions disconnected, never closed, and refuses what comes after it", async () => {
      await calls.register("notes-1", "boot-a");
      await calls.open("s", { instanceId: "notes-1" });
      expect(await calls.stop("notes-1", "boot-a")).toMatchObject({ status: 200, body: { status: "stopped" } });
      expect(await calls.session("s")).toMatchObject({ status: "disconnected", endReason: "server_shutdown" });
      expect(await calls.beat("notes-1", "boot-a")).toMatchObject({
        status: 409,
        body: { code: "instance_superseded" },
      });
      expect(await calls.register("notes-1", "boot-b")).toMatchObject({ status: 201 });
      expect(await calls.session("s")).toMatchObject({ status: "disconnected" });
    });
  });

  describe("a drain", () => {
    const drain = (body?: object) => registry.call("PUT", "/api/mcp/instances/notes-1/drain", body ? { body } : {});

    it("keeps new sessions and claims away, leaves the others alone, and can be ended", async () => {
      await calls.register("notes-1", "boot-a");
      await calls.open("before", { instanceId: "notes-1" });
      await calls.open("lost");
      await calls.disconnect("lost");
      const deadlineAt = new Date(registry.time.now() + 60_000).toISOString();
      expect(await drain({ withinMs: 60_000 })).toMatchObject({ status: 200, body: { drain: { deadlineAt } } });
      const refused = { status: 409, body: { code: "instance_draining", drainDeadlineAt: deadlineAt } };
      expect(await calls.open("new", { instanceId: "notes-1" })).toMatchObject(refused);
      expect(await calls.claim("lost", "notes-1", "boot-a")).toMatchObject(refused);
      expect(await calls.beat("notes-1", "boot-a", { sessions: [{ id: "before" }] })).toMatchObject({
        body: { drain: { deadlineAt }, results: [{ outcome: "ok" }] },
      });
      expect(await registry.call("DELETE", "/api/mcp/instances/notes-1/drain")).toMatchObject({
        body: { drain: null },
      });
      expect(await calls.open("new", { instanceId: "notes-1" })).toMatchObject({ status: 201 });
    });

    it("keeps its beginning when its deadline changes, and ends nothing by itself", async () => {
      await calls.register("notes-1", "boot-a");
      await calls.open("s", { instanceId: "notes-1" });
      const since = new Date(registry.time.now()).toISOString();
      await drain();
      registry.time.advance(5_000);
      expect(await drain({ withinMs: 0 })).toMatchObject({ body: { drain: { since } } });
      expect(await calls.session("s")).toMatchObject({ status: "active" });
    });

    it("is over with its boot: what keeps sessions away then is that the boot has stopped", async () => {
      await calls.register("notes-1", "boot-a");
      await drain();
      await calls.stop("notes-1", "boot-a");
      expect(await calls.open("new", { instanceId: "notes-1", bootId: "boot-a" })).toMatchObject({
        status: 409,
        body: { code: "instance_superseded" },
      });
    });

    it("is for living instances", async () => {
      expect(await drain()).toMatchObject({ status: 404 });
      await calls.register("notes-1", "boot-a");
      await calls.stop("notes-1", "boot-a");
      expect(await drain()).toMatchObject({ status: 409, body: { code: "instance_superseded" } });
    });
  });

  describe("creating sessions", () => {
    it("is refused for a boot that is not the instance's any more", async () => {
      const create = { instanceId: "notes-1", bootId: "boot-a" };
      expect(await calls.open("s", create)).toMatchObject({ status: 404, body: { code: "instance_not_found" } });
      await calls.register("notes-1", "boot-a");
      await calls.register("notes-1", "boot-b");
      expect(await calls.open("s", create)).toMatchObject({ status: 409, body: { code: "instance_superseded" } });
      expect(await calls.open("s", { ...create, bootId: "boot-b" })).toMatchObject({ status: 201 });
    });

    it("goes on without a lease for an instance that never registered", async () => {
      expect(await calls.open("s", { instanceId: "unregistered" })).toMatchObject({ status: 201 });
      registry.time.advance(LEASE_MS * 2);
      await sweep();
      expect(await calls.session("s")).toMatchObject({ status: "active" });
    });
  });

  it("lists servers with their instances and open sessions", async () => {
    await calls.register("notes-1", "boot-a");
    await calls.register("files-1", "boot-f", { server: "files" });
    await calls.open("a", { instanceId: "notes-1" });
    await calls.open("b", { instanceId: "notes-1" });
    await calls.open("free");
    await calls.open("else", { server: "else" });
    await calls.disconnect("b");
    await calls.stop("files-1", "boot-f");
    expect((await registry.call("GET", "/api/mcp/servers")).body).toMatchObject({
      servers: [
        { name: "else", sessions: { active: 1, disconnected: 0 }, unleased: { active: 1 }, instances: [] },
        { name: "files", sessions: { active: 0, disconnected: 0 }, instances: [{ id: "files-1", status: "stopped" }] },
        {
          name: "notes",
          sessions: { active: 2, disconnected: 1 },
          unleased: { active: 1, disconnected: 0 },
          instances: [{ id: "notes-1", status: "alive", sessions: { active: 1, disconnected: 1 } }],
        },
      ],
    });
    const { body } = await registry.call<{ instances: { id: string }[] }>("GET", "/api/mcp/instances");
    expect(body.instances.map(({ id }) => id)).toEqual(["notes-1", "files-1"]);
  });

  it("forgets ended instances with the sessions of their time", async () => {
    await calls.register("notes-1", "boot-a");
    await calls.stop("notes-1", "boot-a");
    registry.time.advance(31 * 24 * 3_600_000);
    await registry.runtime.context.store.instances.purgeInstances(registry.time.now() - 30 * 24 * 3_600_000, 10);
    expect(await calls.read("notes-1")).toMatchObject({ status: 404 });
  });

  it("disconnects nothing when there is nothing to disconnect", async () => {
    await calls.register("notes-1", "boot-a");
    await calls.open("s", { instanceId: "notes-1" });
    await disconnectOrphans(registry.runtime.context);
    expect(await typesOf("s")).toEqual(["created"]);
  });
});
