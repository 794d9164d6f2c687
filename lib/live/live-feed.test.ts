import { beforeEach, describe, expect, it } from "vitest";
import { LiveFrame, type SingleFrame } from "@/lib/contract/live";
import { ManualTimers } from "@/lib/testing/manual-timers";
import { ScriptedSource } from "@/lib/testing/scripted-source";
import { LiveFeed } from "./live-feed";
import { HOPELESS_BYTES, SLOW_BYTES, type Subscription } from "./seat";

class Onlooker {
  readonly messages: Buffer[] = [];
  buffered = 0;
  isCutOff = false;

  send(message: Buffer): void {
    this.messages.push(message);
  }

  bufferedBytes(): number {
    return this.buffered;
  }

  drop(): void {
    this.isCutOff = true;
  }

  get frames(): SingleFrame[] {
    return this.messages.flatMap((message) => {
      const frame = LiveFrame.parse(JSON.parse(message.toString()));
      return frame.type === "batch" ? frame.frames : [frame];
    });
  }

  /** Type and position of everything but figures. */
  get told(): string[] {
    return this.frames.flatMap(({ type, seq }) => (type === "health" ? [] : [`${type} ${String(seq)}`]));
  }
}

const EVERYTHING: Subscription = { server: null, session: null, since: null, watch: [] };

let source: ScriptedSource;
let timers: ManualTimers;
let feed: LiveFeed;
let warnings: string[];
beforeEach(() => {
  source = new ScriptedSource();
  timers = new ManualTimers();
  warnings = [];
  const log = (_: object, message: string) => void warnings.push(message);
  feed = new LiveFeed({ source, timers, log: { info: log, warn: log } });
});

async function join(subscription: Partial<Subscription> = {}) {
  const viewer = new Onlooker();
  const seat = feed.join(viewer, { ...EVERYTHING, ...subscription });
  await timers.advance(100);
  return { viewer, seat };
}

function happen(...event: Parameters<ScriptedSource["append"]>): void {
  source.append(...event);
  feed.wake();
}

const touched = (pk: number) => {
  const activity = { lastActivityAt: 0, lastHeartbeatAt: 0, idleSince: 0, deadlineAt: 0 };
  feed.onChanges([{ type: "touched", pk, activity }]);
};

describe("the live feed", () => {
  it("reads nothing and waits for nothing while nobody looks on", async () => {
    happen("created", 1);
    touched(1);
    feed.onInstance("i");
    await timers.advance(60_000);
    const { seat } = await join();
    const { log } = source.reads;
    feed.leave(seat);
    await timers.advance(1_000);
    happen("created", 2);
    await timers.advance(60_000);
    expect([source.reads.log, timers.pending]).toEqual([log, 0]);
  });

  it("tells what happens at once when it is quiet, and what happens within 100 ms together", async () => {
    const { viewer } = await join();
    happen("created", 1);
    await timers.settle();
    expect(viewer.told).toEqual(["hello 0", "session_created 1"]);
    const { log } = source.reads;
    for (const pk of [2, 3, 4]) {
      happen("created", pk);
      await timers.advance(30);
    }
    expect(viewer.messages).toHaveLength(2);
    await timers.advance(10);
    expect(viewer.messages).toHaveLength(3);
    expect(source.reads.log).toBe(log + 1);
    expect(viewer.told.slice(2)).toEqual(["session_created 2", "session_created 3", "session_created 4"]);
  });

  it("makes one message for all viewers with the same filter", async () => {
    const [one, other] = [await join({ server: "notes" }), await join({ server: "notes" })];
    happen("created", 1);
    await timers.settle();
    expect(one.viewer.messages.at(-1)).toBe(other.viewer.messages.at(-1));
  });

  it("gets through more than a page without a pause", async () => {
    const { viewer } = await join();
    for (let pk = 1; pk <= 600; pk += 1) source.append("created", pk);
    feed.wake();
    await timers.advance(2);
    expect(viewer.told).toHaveLength(601);
  });

  it("starts from the present when somebody looks on again", async () => {
    const { seat } = await join();
    feed.leave(seat);
    for (let pk = 1; pk <= 600; pk += 1) happen("created", pk);
    const { viewer } = await join();
    await timers.advance(1_000);
    expect(viewer.told).toEqual(["hello 600"]);
  });

  it("tells everything later when the storage fails for a while, and says so once", async () => {
    const { viewer } = await join();
    source.failure = new Error("disk");
    happen("created", 1);
    await timers.advance(3_500);
    source.failure = null;
    await timers.advance(1_000);
    expect(viewer.told).toEqual(["hello 0", "session_created 1"]);
    expect(warnings).toEqual(["the live feed failed; trying again", "the live feed works again"]);
  });

  it("reads figures at most once a second, when something was done or they differ", async () => {
    await join();
    await timers.advance(1_000);
    expect(source.reads.health).toBe(1);
    await timers.advance(5_000);
    expect(source.reads.health).toBe(1);
    source.figures = "older";
    await timers.advance(1_000);
    expect(source.reads.health).toBe(2);
    for (let beat = 0; beat < 30; beat += 1) {
      touched(1);
      await timers.advance(100);
    }
    expect(source.reads.health).toBe(5);
  });

  it("reads and sends activity once a second, for watched sessions alone", async () => {
    for (const pk of [1, 2]) source.append("created", pk);
    const { viewer, seat } = await join({ watch: ["s1"] });
    const { viewer: other } = await join();
    await timers.advance(1_000);
    const { sessions } = source.reads;
    for (let beat = 0; beat < 20; beat += 1) {
      touched(1);
      touched(2);
      await timers.advance(100);
    }
    expect(source.reads.sessions).toBe(sessions + 2);
    const updates = viewer.frames.filter(({ type }) => type === "session_updated");
    expect(updates).toHaveLength(3);
    for (const update of updates) expect(update).toMatchObject({ seq: 2, events: [], session: { id: "s1" } });
    expect(other.told).toEqual(["hello 2"]);
    feed.change(seat, EVERYTHING);
    touched(1);
    await timers.advance(2_000);
    expect(source.reads.sessions).toBe(sessions + 2);
  });

  it("tells what a watched session does while it is being read, and after reading has failed", async () => {
    const { viewer } = await join({ watch: ["s1"] });
    const readSessions = source.readSessions.bind(source);
    const read = async (requestCount: number, pks: readonly number[]) => {
      const before = await readSessions(pks);
      const session = source.sessions.get(1);
      if (session) source.sessions.set(1, { ...session, requestCount });
      touched(1);
      source.readSessions = readSessions;
      return before;
    };
    const counts = () => viewer.frames.flatMap((f) => (f.type === "session_updated" ? [f.session.requestCount] : []));
    source.readSessions = (pks) => read(8, pks);
    happen("created", 1);
    await timers.advance(2_000);
    expect(counts()).toEqual([8]);
    source.readSessions = (pks) =>
      pks.length === 0 ? readSessions(pks) : read(9, pks).then(() => Promise.reject(new Error("disk")));
    touched(1);
    await timers.advance(4_000);
    expect(counts()).toEqual([8, 9]);
  });

  it("stops for good when it is closed", async () => {
    const { viewer } = await join();
    feed.close();
    happen("created", 1);
    await timers.advance(5_000);
    expect([viewer.told, timers.pending]).toEqual([["hello 0"], 0]);
  });
});

describe("a viewer that reads too slowly", () => {
  it("gets nothing more, then has to read everything again; the others notice nothing", async () => {
    const [slow, quick] = [await join(), await join()];
    happen("created", 1);
    await timers.advance(100);
    slow.viewer.buffered = SLOW_BYTES + 1;
    for (const pk of [2, 3]) {
      happen("created", pk);
      await timers.advance(100);
    }
    slow.viewer.buffered = 1;
    happen("created", 4);
    await timers.advance(2_000);
    expect(slow.viewer.told).toEqual(["hello 0", "session_created 1"]);
    slow.viewer.buffered = 0;
    await timers.advance(1_000);
    happen("created", 5);
    await timers.advance(100);
    expect(slow.viewer.told.slice(2)).toEqual(["resync 4", "session_created 5"]);
    expect(quick.viewer.told).toEqual(["hello 0", ...[1, 2, 3, 4, 5].map((seq) => `session_created ${String(seq)}`)]);
  });

  it("is cut off when too much waits for it", async () => {
    const { viewer } = await join();
    viewer.buffered = HOPELESS_BYTES;
    happen("created", 1);
    await timers.advance(100);
    expect(viewer.isCutOff).toBe(false);
    viewer.buffered = HOPELESS_BYTES + 1;
    await timers.advance(1_000);
    expect([viewer.isCutOff, viewer.told]).toEqual([true, ["hello 0"]]);
  });

  it("gets what it missed piece by piece, as it reads", async () => {
    for (let pk = 1; pk <= 250; pk += 1) source.append("created", pk);
    const viewer = new Onlooker();
    const send = viewer.send.bind(viewer);
    viewer.send = (message) => {
      send(message);
      if (message.length > 1_000) viewer.buffered = SLOW_BYTES + 1;
    };
    feed.join(viewer, { ...EVERYTHING, since: 0 });
    await timers.advance(3_000);
    expect(viewer.told).toHaveLength(101);
    viewer.buffered = 0;
    await timers.advance(1_000);
    expect(viewer.told).toHaveLength(201);
    viewer.buffered = 0;
    await timers.advance(1_000);
    viewer.buffered = 0;
    happen("created", 251);
    await timers.advance(100);
    expect(viewer.told).toEqual([
      "hello 0",
      ...Array.from({ length: 251 }, (_, index) => `session_created ${String(index + 1)}`),
    ]);
  });

  it("is told that it was, also when it subscribes to something else meanwhile", async () => {
    const { viewer, seat } = await join();
    viewer.buffered = SLOW_BYTES + 1;
    happen("created", 1);
    await timers.advance(100);
    feed.change(seat, { ...EVERYTHING, server: "notes" });
    await timers.advance(1_000);
    viewer.buffered = 0;
    await timers.advance(1_000);
    expect(viewer.told).toEqual(["hello 0", "hello 1", "resync 1"]);
  });
});

describe("viewers that come back", () => {
  it("share what they are told when they missed the same", async () => {
    for (const pk of [1, 2, 3]) source.append("created", pk);
    const { log } = source.reads;
    const viewers = Array.from({ length: 50 }, () => new Onlooker());
    for (const viewer of viewers) feed.join(viewer, { ...EVERYTHING, since: 1 });
    await timers.advance(50);
    for (const { told } of viewers) expect(told).toEqual(["hello 1", "session_created 2", "session_created 3"]);
    expect(source.reads.log).toBe(log + 2);
  });

  it("are all served, however many different places they come from", async () => {
    for (let pk = 1; pk <= 60; pk += 1) source.append("created", pk);
    const viewers = Array.from({ length: 60 }, () => new Onlooker());
    for (const [since, viewer] of viewers.entries()) feed.join(viewer, { ...EVERYTHING, since });
    await timers.advance(500);
    expect(viewers.map(({ told }) => told.length)).toEqual(viewers.map((_, since) => 61 - since));
  });

  it("wait for the feed when they are ahead of it", async () => {
    const { viewer: present } = await join();
    for (const pk of [1, 2]) source.append("created", pk);
    const readPosition = source.readPosition.bind(source);
    source.readPosition = async () => {
      source.append("created", 3);
      source.readPosition = readPosition;
      return 3;
    };
    const { viewer } = await join({ since: 3 });
    happen("created", 4);
    await timers.advance(200);
    expect(viewer.told).toEqual(["hello 3", "session_created 4"]);
    expect(present.told).toHaveLength(5);
  });

  it("have to read everything again when what they missed lies too far back, though little of it is theirs", async () => {
    for (let seq = 1; seq <= 10_001; seq += 1) source.append("updated", 1);
    const { viewer } = await join({ since: 0, server: "files" });
    expect(viewer.told).toEqual(["hello 10001", "resync 10001"]);
    const { viewer: nearer } = await join({ since: 1, server: "files" });
    expect(nearer.told).toEqual(["hello 1"]);
  });
});
