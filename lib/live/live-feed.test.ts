import { beforeEach, describe, expect, it } from "vitest";
import { EVERYTHING, FeedScene, Onlooker } from "@/lib/testing/feed-scene";
import { anInstance } from "@/lib/web/fixtures";

let scene: FeedScene;
beforeEach(() => {
  scene = new FeedScene();
});

describe("the live feed", () => {
  it("reads nothing and waits for nothing while nobody looks on", async () => {
    scene.happen("created", 1);
    scene.touch(1);
    scene.feed.onInstance("i");
    await scene.timers.advance(60_000);
    const { seat } = await scene.join();
    const { log } = scene.source.reads;
    scene.feed.leave(seat);
    await scene.timers.advance(1_000);
    scene.happen("created", 2);
    await scene.timers.advance(60_000);
    expect([scene.source.reads.log, scene.timers.pending]).toEqual([log, 0]);
  });

  it("tells what happens at once when it is quiet, and what happens within 100 ms together", async () => {
    const { viewer } = await scene.join();
    scene.happen("created", 1);
    await scene.timers.settle();
    expect(viewer.told).toEqual(["hello 0", "session_created 1"]);
    const { log } = scene.source.reads;
    for (const pk of [2, 3, 4]) {
      scene.happen("created", pk);
      await scene.timers.advance(30);
    }
    expect(viewer.messages).toHaveLength(2);
    await scene.timers.advance(10);
    expect(viewer.messages).toHaveLength(3);
    expect(scene.source.reads.log).toBe(log + 1);
    expect(viewer.told.slice(2)).toEqual(["session_created 2", "session_created 3", "session_created 4"]);
  });

  it("makes one message for all viewers with the same filter", async () => {
    const [one, other] = [await scene.join({ server: "notes" }), await scene.join({ server: "notes" })];
    scene.happen("created", 1);
    await scene.timers.settle();
    expect(one.viewer.messages.at(-1)).toBe(other.viewer.messages.at(-1));
  });

  it("gets through more than a page without a pause", async () => {
    const { viewer } = await scene.join();
    for (let pk = 1; pk <= 600; pk += 1) scene.source.append("created", pk);
    scene.feed.wake();
    await scene.timers.advance(2);
    expect(viewer.told).toHaveLength(601);
  });

  it("starts from the present when somebody looks on again", async () => {
    const { seat } = await scene.join();
    scene.feed.leave(seat);
    for (let pk = 1; pk <= 600; pk += 1) scene.happen("created", pk);
    const { viewer } = await scene.join();
    await scene.timers.advance(1_000);
    expect(viewer.told).toEqual(["hello 600"]);
  });

  it("starts from the present even if the last viewer had left just after it was told something", async () => {
    const { seat } = await scene.join();
    scene.happen("created", 1);
    await scene.timers.advance(10);
    scene.feed.leave(seat);
    await scene.timers.advance(3_600_000);
    for (let pk = 2; pk <= 600; pk += 1) scene.happen("created", pk);
    const { viewer } = await scene.join();
    await scene.timers.advance(1_000);
    expect(viewer.told).toEqual(["hello 600"]);
  });

  it("tells of an instance later when the figures of the same moment cannot be read", async () => {
    const { sessions: _counts, ...instance } = anInstance();
    scene.source.instances.set(instance.id, instance);
    const { viewer } = await scene.join();
    scene.source.healthFailure = new Error("disk");
    await scene.timers.advance(890);
    scene.feed.onInstance(instance.id);
    await scene.timers.advance(2_000);
    scene.source.healthFailure = null;
    await scene.timers.advance(2_000);
    expect(viewer.frames.filter(({ type }) => type === "instance_updated")).toHaveLength(1);
  });

  it("makes messages of a good size, and tells nothing of a position after the message it is told in", async () => {
    const { viewer } = await scene.join();
    for (let pk = 1; pk <= 40; pk += 1) {
      scene.source.append("created", pk);
      scene.source.append("terminated", pk, { reason: "operator_terminated", data: { commandId: `c${String(pk)}` } });
      scene.source.enlarge(pk, 16_000);
    }
    scene.feed.wake();
    await scene.timers.advance(10);
    expect(viewer.messages.length).toBeGreaterThan(8);
    expect(Math.max(...viewer.messages.map(({ length }) => length))).toBeLessThan(200 * 1024);
    const lastOf = viewer.messages.map((message) => {
      const told = new Onlooker();
      told.send(message);
      return told.frames.map(({ seq }) => seq);
    });
    for (const [index, seqs] of lastOf.entries()) {
      const before = lastOf[index - 1]?.at(-1) ?? -1;
      expect(seqs[0]).toBeGreaterThan(index === 1 ? 0 : before);
    }
    expect(viewer.told).toHaveLength(1 + 3 * 40);
  });

  it("tells everything later when the storage fails for a while, and says so once", async () => {
    const { viewer } = await scene.join();
    scene.source.failure = new Error("disk");
    scene.happen("created", 1);
    await scene.timers.advance(3_500);
    scene.source.failure = null;
    await scene.timers.advance(1_000);
    expect(viewer.told).toEqual(["hello 0", "session_created 1"]);
    expect(scene.warnings).toEqual(["the live feed failed; trying again", "the live feed works again"]);
  });

  it("reads figures at most once a second, when something was done or they differ", async () => {
    await scene.join();
    await scene.timers.advance(1_000);
    expect(scene.source.reads.health).toBe(1);
    await scene.timers.advance(5_000);
    expect(scene.source.reads.health).toBe(1);
    scene.source.figures = "older";
    await scene.timers.advance(1_000);
    expect(scene.source.reads.health).toBe(2);
    for (let beat = 0; beat < 30; beat += 1) {
      scene.touch(1);
      await scene.timers.advance(100);
    }
    expect(scene.source.reads.health).toBe(5);
  });

  it("reads and sends activity once a second, for watched sessions alone", async () => {
    for (const pk of [1, 2]) scene.source.append("created", pk);
    const { viewer, seat } = await scene.join({ watch: ["s1"] });
    const { viewer: other } = await scene.join();
    await scene.timers.advance(1_000);
    const { sessions } = scene.source.reads;
    for (let beat = 0; beat < 20; beat += 1) {
      scene.touch(1);
      scene.touch(2);
      await scene.timers.advance(100);
    }
    expect(scene.source.reads.sessions).toBe(sessions + 2);
    const updates = viewer.frames.filter(({ type }) => type === "session_updated");
    expect(updates).toHaveLength(3);
    for (const update of updates) expect(update).toMatchObject({ seq: 2, events: [], session: { id: "s1" } });
    expect(other.told).toEqual(["hello 2"]);
    scene.feed.change(seat, EVERYTHING);
    scene.touch(1);
    await scene.timers.advance(2_000);
    expect(scene.source.reads.sessions).toBe(sessions + 2);
  });

  it("folds what happens to a session only within a message: whoever goes on after one has missed nothing", async () => {
    const { viewer } = await scene.join();
    scene.source.append("created", 1);
    scene.source.append("state_written", 1);
    for (let pk = 2; pk <= 120; pk += 1) {
      scene.source.append("created", pk);
      scene.source.enlarge(pk, 3_000);
    }
    scene.source.append("messages_appended", 1);
    scene.feed.wake();
    await scene.timers.advance(10);
    const first = new Onlooker();
    const [, message] = viewer.messages;
    if (message) first.send(message);
    const { viewer: back } = await scene.join({ since: first.frames.at(-1)?.seq ?? 0 });
    const eventsOf = ({ frames }: Onlooker) =>
      frames.flatMap((frame) => (frame.type === "session_updated" ? frame.events : []));
    expect([...eventsOf(first), ...eventsOf(back)]).toEqual(["state_written", "messages_appended"]);
    expect(eventsOf(viewer)).toEqual(["state_written", "messages_appended"]);
  });

  it("tells activity in messages of a good size as well", async () => {
    const ids = Array.from({ length: 60 }, (_, index) => `s${String(index + 1)}`);
    ids.forEach((_, index) => {
      scene.source.append("created", index + 1);
      scene.source.enlarge(index + 1, 16_000);
    });
    const { viewer } = await scene.join({ watch: ids });
    await scene.timers.advance(1_000);
    expect(viewer.frames.filter(({ type }) => type === "session_updated")).toHaveLength(60);
    expect(Math.max(...viewer.messages.map(({ length }) => length))).toBeLessThan(200 * 1024);
  });

  it("makes one message for all who have the same sessions on screen", async () => {
    for (const pk of [1, 2, 3]) scene.source.append("created", pk);
    const one = await scene.join({ watch: ["s1", "s2"] });
    const other = await scene.join({ watch: ["s2", "s1"] });
    const third = await scene.join({ watch: ["s2", "s3"] });
    await scene.timers.advance(1_000);
    for (const pk of [1, 2]) scene.touch(pk);
    await scene.timers.advance(1_000);
    expect(one.viewer.messages.at(-1)).toBe(other.viewer.messages.at(-1));
    const idsOf = ({ frames }: Onlooker) =>
      frames.flatMap((frame) => (frame.type === "session_updated" ? [frame.session.id] : [])).slice(-2);
    expect(idsOf(one.viewer)).toEqual(["s1", "s2"]);
    expect(idsOf(third.viewer)).toEqual(["s3", "s2"]);
    scene.feed.leave(one.seat);
    scene.touch(1);
    await scene.timers.advance(1_000);
    expect(idsOf(other.viewer)).toEqual(["s2", "s1"]);
  });

  it("tells what a watched session does while it is being read, and after reading has failed", async () => {
    const { viewer } = await scene.join({ watch: ["s1"] });
    const readSessions = scene.source.readSessions.bind(scene.source);
    const read = async (requestCount: number, pks: readonly number[]) => {
      const before = await readSessions(pks);
      const session = scene.source.sessions.get(1);
      if (session) scene.source.sessions.set(1, { ...session, requestCount });
      scene.touch(1);
      scene.source.readSessions = readSessions;
      return before;
    };
    const counts = () => viewer.frames.flatMap((f) => (f.type === "session_updated" ? [f.session.requestCount] : []));
    scene.source.readSessions = (pks) => read(8, pks);
    scene.happen("created", 1);
    await scene.timers.advance(2_000);
    expect(counts()).toEqual([8]);
    scene.source.readSessions = (pks) =>
      pks.length === 0 ? readSessions(pks) : read(9, pks).then(() => Promise.reject(new Error("disk")));
    scene.touch(1);
    await scene.timers.advance(4_000);
    expect(counts()).toEqual([8, 9]);
  });

  it("stops for good when it is closed", async () => {
    const { viewer } = await scene.join();
    scene.feed.close();
    scene.happen("created", 1);
    await scene.timers.advance(5_000);
    expect([viewer.told, scene.timers.pending]).toEqual([["hello 0"], 0]);
  });
});
