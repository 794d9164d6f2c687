import { beforeEach, describe, expect, it } from "vitest";
import { EVERYTHING, FeedScene, Onlooker } from "@/lib/testing/feed-scene";
import { HOPELESS_BYTES, SLOW_BYTES } from "./seat";

let scene: FeedScene;
beforeEach(() => {
  scene = new FeedScene();
});

describe("a viewer that reads too slowly", () => {
  it("gets nothing more, then has to read everything again; the others notice nothing", async () => {
    const [slow, quick] = [await scene.join(), await scene.join()];
    scene.happen("created", 1);
    await scene.timers.advance(100);
    slow.viewer.buffered = SLOW_BYTES + 1;
    for (const pk of [2, 3]) {
      scene.happen("created", pk);
      await scene.timers.advance(100);
    }
    slow.viewer.buffered = 1;
    scene.happen("created", 4);
    await scene.timers.advance(2_000);
    expect(slow.viewer.told).toEqual(["hello 0", "session_created 1"]);
    slow.viewer.buffered = 0;
    await scene.timers.advance(1_000);
    scene.happen("created", 5);
    await scene.timers.advance(100);
    expect(slow.viewer.told.slice(2)).toEqual(["resync 4", "session_created 5"]);
    expect(quick.viewer.told).toEqual(["hello 0", ...[1, 2, 3, 4, 5].map((seq) => `session_created ${String(seq)}`)]);
  });

  it("is cut off when too much waits for it", async () => {
    const { viewer } = await scene.join();
    viewer.buffered = HOPELESS_BYTES;
    scene.happen("created", 1);
    await scene.timers.advance(100);
    expect(viewer.isCutOff).toBe(false);
    viewer.buffered = HOPELESS_BYTES + 1;
    await scene.timers.advance(1_000);
    expect([viewer.isCutOff, viewer.told]).toEqual([true, ["hello 0"]]);
  });

  it("gets what it missed piece by piece, as it reads, and then reads anew what no event tells", async () => {
    for (let pk = 1; pk <= 250; pk += 1) scene.source.append("created", pk);
    const viewer = new Onlooker();
    const send = viewer.send.bind(viewer);
    viewer.send = (message) => {
      send(message);
      if (message.length > 1_000) viewer.buffered = SLOW_BYTES + 1;
    };
    scene.feed.join(viewer, { ...EVERYTHING, since: 0 });
    await scene.timers.advance(3_000);
    expect(viewer.told).toHaveLength(101);
    viewer.buffered = 0;
    await scene.timers.advance(1_000);
    expect(viewer.told).toHaveLength(201);
    viewer.buffered = 0;
    await scene.timers.advance(1_000);
    viewer.buffered = 0;
    scene.happen("created", 251);
    await scene.timers.advance(100);
    expect(viewer.told).toEqual([
      "hello 0",
      ...Array.from({ length: 250 }, (_, index) => `session_created ${String(index + 1)}`),
      "resync 250",
      "session_created 251",
    ]);
  });

  it("is told that it was, also when it subscribes to something else meanwhile", async () => {
    const { viewer, seat } = await scene.join();
    viewer.buffered = SLOW_BYTES + 1;
    scene.happen("created", 1);
    await scene.timers.advance(100);
    scene.feed.change(seat, { ...EVERYTHING, server: "notes" });
    await scene.timers.advance(1_000);
    viewer.buffered = 0;
    await scene.timers.advance(1_000);
    expect(viewer.told).toEqual(["hello 0", "hello 1", "resync 1"]);
  });

  it("still gets what it subscribed to before it was found too slow", async () => {
    const { viewer, seat } = await scene.join({ server: "notes" });
    scene.happen("created", 1);
    await scene.timers.advance(10);
    viewer.buffered = SLOW_BYTES + 1;
    scene.happen("created", 2);
    scene.feed.change(seat, { ...EVERYTHING, server: "files" });
    await scene.timers.advance(2_000);
    viewer.buffered = 0;
    await scene.timers.advance(2_000);
    scene.happen("created", 3, { server: "files" });
    scene.happen("created", 4, { server: "notes" });
    await scene.timers.advance(500);
    expect(viewer.told).toEqual(["hello 0", "session_created 1", "hello 2", "resync 2", "session_created 3"]);
  });

  it("goes on where it asked to before it was found too slow", async () => {
    const { viewer, seat } = await scene.join({ server: "notes" });
    scene.happen("created", 1, { server: "files" });
    await scene.timers.advance(200);
    viewer.buffered = SLOW_BYTES + 1;
    scene.happen("created", 2);
    scene.feed.change(seat, { ...EVERYTHING, server: "files", since: 0 });
    await scene.timers.advance(2_000);
    viewer.buffered = 0;
    await scene.timers.advance(2_000);
    expect(viewer.told).toEqual(["hello 0", "hello 0", "session_created 1", "resync 2"]);
  });

  it("keeps its place in a burst as long as it reads between the messages", async () => {
    const viewer = new Onlooker();
    const send = viewer.send.bind(viewer);
    viewer.send = (message) => {
      send(message);
      viewer.buffered += message.length;
      // It reads whenever it has a turn.
      void scene.timers.pause().then(() => (viewer.buffered = 0));
    };
    scene.feed.join(viewer, EVERYTHING);
    await scene.timers.advance(100);
    for (let pk = 1; pk <= 249; pk += 1) {
      scene.source.append("created", pk);
      scene.source.enlarge(pk, 3_000);
    }
    scene.feed.wake();
    await scene.timers.advance(1_000);
    expect(viewer.messages.length).toBeGreaterThan(5);
    expect(viewer.told).toHaveLength(250);
  });
});
