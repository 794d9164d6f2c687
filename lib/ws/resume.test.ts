import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SingleFrame } from "@/lib/contract/live";
import { sampleFacts } from "@/lib/store/contract/sample-facts";
import { LiveClient } from "@/lib/testing/live-client";
import { type LiveServer, serveLive } from "@/lib/testing/serve-live";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";

const SERVERS = ["notes", "files"] as const;

let registry: TestRegistry;
let served: LiveServer;
beforeAll(async () => {
  registry = await startTestRegistry();
  served = await serveLive(registry.runtime);
});
afterAll(async () => {
  await served.close();
  await registry.close();
});

/** A viewer whose connection breaks now and then, and which goes on where it was. */
class Follower {
  readonly server: string | null;
  /** `session event`, for everything it was told that is in the log. */
  readonly told: string[] = [];
  position: number;
  #client: LiveClient | undefined;

  constructor(server: string | null, position: number) {
    this.server = server;
    this.position = position;
  }

  /** Is on its way from now on; whatever happens meanwhile it must hear of as well. */
  connect(): void {
    const server = this.server === null ? "" : `&server=${this.server}`;
    this.#client = new LiveClient(served.url, { query: `?since=${String(this.position)}${server}` });
  }

  /** Takes in what has arrived, and breaks the connection wherever it is. */
  async breakOff(): Promise<void> {
    await this.#client?.close();
    for (const frame of this.#client?.frames ?? []) this.#take(frame);
    this.#client = undefined;
  }

  /** Waits until it has been told as much, unless that is not for it to hear. */
  async hear(position: number): Promise<void> {
    if (this.server === null) await this.#client?.until(({ seq }) => seq >= position);
  }

  async until(sessionId: string): Promise<void> {
    await this.#client?.frame("session_created", ({ session }) => session.id === sessionId);
    await this.breakOff();
  }

  #take(frame: SingleFrame): void {
    expect(frame.seq).toBeGreaterThanOrEqual(this.position);
    this.position = frame.seq;
    if (frame.type === "resync") throw new Error("nothing here is too much");
    if (frame.type === "session_created") this.told.push(`${frame.session.id} created`);
    if (frame.type === "session_disconnected") this.told.push(`${frame.session.id} ${frame.status}`);
    if (frame.type === "session_updated")
      this.told.push(...frame.events.map((event) => `${frame.session.id} ${event}`));
    if (frame.type === "command_updated" && frame.state === "acknowledged")
      this.told.push(`${frame.sessionId} command_acknowledged`);
  }
}

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant("create" as const), server: fc.constantFrom(...SERVERS) }) },
  {
    weight: 6,
    arbitrary: fc.record({ type: fc.constantFrom("update" as const, "terminate" as const), nth: fc.nat(30) }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("break" as const), nth: fc.nat(2), isLong: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("wait" as const) }) },
);
type Step = ReturnType<typeof step.generate>["value"];

let runs = 0;

async function follow(steps: readonly Step[]): Promise<void> {
  runs += 1;
  const { store } = registry.runtime.context;
  const start = await store.log.position();
  const followers = [null, ...SERVERS].map((server) => new Follower(server, start));
  for (const follower of followers) follower.connect();
  const ids: string[] = [];
  const away: Follower[] = [];
  const create = async (id: string, server: string): Promise<void> => {
    await store.createSession({ facts: sampleFacts({ id, server }), idempotency: null, now: registry.time.now() });
  };
  for (const [index, current] of steps.entries()) {
    const id = "nth" in current ? (ids[current.nth % Math.max(1, ids.length)] ?? "none") : "";
    const now = registry.time.now();
    if (current.type === "create") {
      ids.push(`run-${String(runs)}-${String(index)}`);
      await create(ids.at(-1) ?? "", current.server);
    } else if (current.type === "update") {
      await store.updateSession({ id, now, changes: { principal: `p-${String(index)}` } });
    } else if (current.type === "terminate") {
      const end = { as: "terminated", reason: "operator_terminated", detail: null } as const;
      const commandId = `command-${String(runs)}-${String(index)}`;
      await store.endSession({ id, ...end, commandId, now });
      await store.acknowledgeCommands([{ id: commandId, outcome: "done", detail: null, by: null }], now);
    } else if (current.type === "break") {
      const follower = followers[current.nth];
      if (!follower || away.includes(follower)) continue;
      await follower.breakOff();
      if (current.isLong) away.push(follower);
      else follower.connect();
    } else {
      const last = await store.log.position();
      await Promise.all(followers.map((follower) => follower.hear(last)));
    }
  }
  for (const follower of away) follower.connect();
  for (const server of SERVERS) await create(`run-${String(runs)}-last-${server}`, server);
  await Promise.all(
    followers.map((follower) => follower.until(`run-${String(runs)}-last-${follower.server ?? "files"}`)),
  );
  for (const { server, told } of followers) {
    const entries = await store.log.read({ after: start, upTo: null, limit: 10_000, server, sessionId: null });
    expect(told.sort()).toEqual(entries.map(({ sessionId, type }) => `${sessionId} ${type}`).sort());
  }
}

describe("viewers whose connections break", () => {
  it("have been told everything in the end, and nothing twice", { timeout: 120_000 }, async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), follow), { numRuns: 25 });
  });
});
