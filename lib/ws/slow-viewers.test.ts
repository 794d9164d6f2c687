import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HOPELESS_BYTES, SLOW_BYTES } from "@/lib/live/seat";
import { sampleFacts } from "@/lib/store/contract/sample-facts";
import { LiveClient } from "@/lib/testing/live-client";
import { ManualTimers } from "@/lib/testing/manual-timers";
import { type LiveServer, serveLive } from "@/lib/testing/serve-live";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";
import { createSessionsGateway } from "./sessions-gateway";

/** About 24 KiB of JSON. */
const LARGE = { clientInfo: { text: "x".repeat(8_000) }, capabilities: { text: "y".repeat(16_000) } };

let registry: TestRegistry;
beforeEach(async () => {
  registry = await startTestRegistry();
});
afterEach(() => registry.close());

describe("a viewer that stops reading", () => {
  let served: LiveServer;
  let slow: LiveClient;
  let quick: LiveClient;
  let created: number;
  beforeEach(async () => {
    served = await serveLive(registry.runtime);
    slow = await LiveClient.open(served.url);
    quick = await LiveClient.open(served.url);
    slow.socket.pause();
    created = 0;
  });
  afterEach(async () => {
    await Promise.all([slow.close(), quick.close()]);
    await served.close();
  });

  /** So many large sessions in one message, which the other viewer gets. */
  async function create(count: number): Promise<void> {
    const { store, clock } = registry.runtime.context;
    const facts = Array.from({ length: count }, () => sampleFacts({ id: `s-${String((created += 1))}`, ...LARGE }));
    const now = clock.now();
    await Promise.all(facts.map((each) => store.createSession({ facts: each, idempotency: null, now })));
    await quick.frame("session_created", ({ seq }) => seq === created);
  }

  it("is spared until it reads again, then reads everything anew; the others get everything", async () => {
    while (served.unsentBytes() <= SLOW_BYTES) await create(20);
    const unsent = served.unsentBytes();
    for (let more = 0; more < 3; more += 1) await create(20);
    expect(served.unsentBytes()).toBe(unsent);
    slow.socket.resume();
    expect(await slow.frame("resync")).toMatchObject({ reason: "too_slow", seq: created });
    await create(1);
    await slow.frame("session_created", ({ seq }) => seq === created);
    const told = quick.frames.filter(({ type }) => type === "session_created");
    expect(told.map(({ seq }) => seq)).toEqual(Array.from({ length: created }, (_, index) => index + 1));
  });

  it("has little waiting for it, however much happens at once", async () => {
    for (let round = 0; round < 10; round += 1) {
      await create(60);
      expect(served.unsentBytes()).toBeLessThan(HOPELESS_BYTES / 2);
    }
    expect(served.unsentBytes()).toBeGreaterThan(SLOW_BYTES);
    expect(registry.runtime.live.viewers).toBe(2);
    slow.socket.resume();
    expect(await slow.frame("resync")).toMatchObject({ reason: "too_slow", seq: created });
  });
});

it("cuts off viewers that answer no ping, and keeps those that do", async () => {
  const timers = new ManualTimers();
  const { live: feed, log } = registry.runtime;
  const gateway = createSessionsGateway({ feed, timers, log, maxViewers: 10, statusOf: () => 400 });
  const server = createServer().on("upgrade", gateway.accept.bind(gateway));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const [mute, lively] = [await LiveClient.open(url), await LiveClient.open(url)];
  mute.socket.pause();
  const pinged = once(lively.socket, "ping");
  await timers.advance(30_000);
  await pinged;
  // Its next message comes after its answer to the ping.
  lively.subscribe({ server: "notes" });
  await lively.until((frame) => frame.type === "hello" && lively.frames.indexOf(frame) > 0);
  await timers.advance(30_000);
  await expect.poll(() => feed.viewers).toBe(1);
  mute.socket.resume();
  expect((await mute.closed).code).toBe(1006);
  await lively.close();
  await gateway.close();
  server.close();
});
