import { beforeEach, describe, expect, it } from "vitest";
import { EVERYTHING, FeedScene, Onlooker } from "@/lib/testing/feed-scene";

let scene: FeedScene;
beforeEach(() => {
  scene = new FeedScene();
});

describe("viewers that come back", () => {
  it("share what they are told when they missed the same", async () => {
    for (const pk of [1, 2, 3]) scene.source.append("created", pk);
    const { log } = scene.source.reads;
    const viewers = Array.from({ length: 50 }, () => new Onlooker());
    for (const viewer of viewers) scene.feed.join(viewer, { ...EVERYTHING, since: 1 });
    await scene.timers.advance(50);
    for (const { told } of viewers) expect(told).toEqual(["hello 1", "session_created 2", "session_created 3"]);
    expect(scene.source.reads.log).toBe(log + 2);
  });

  it("are all served, however many different places they come from", async () => {
    for (let pk = 1; pk <= 60; pk += 1) scene.source.append("created", pk);
    const viewers = Array.from({ length: 60 }, () => new Onlooker());
    for (const [since, viewer] of viewers.entries()) scene.feed.join(viewer, { ...EVERYTHING, since });
    await scene.timers.advance(500);
    expect(viewers.map(({ told }) => told.length)).toEqual(viewers.map((_, since) => 61 - since));
  });

  it("wait for the feed when they are ahead of it", async () => {
    const { viewer: present } = await scene.join();
    for (const pk of [1, 2]) scene.source.append("created", pk);
    const readPosition = scene.source.readPosition.bind(scene.source);
    scene.source.readPosition = async () => {
      scene.source.append("created", 3);
      scene.source.readPosition = readPosition;
      return 3;
    };
    const { viewer } = await scene.join({ since: 3 });
    scene.happen("created", 4);
    await scene.timers.advance(200);
    expect(viewer.told).toEqual(["hello 3", "session_created 4"]);
    expect(present.told).toHaveLength(5);
  });

  it("have to read everything again when what they missed lies too far back, though little of it is theirs", async () => {
    for (let seq = 1; seq <= 10_001; seq += 1) scene.source.append("updated", 1);
    const { viewer } = await scene.join({ since: 0, server: "files" });
    expect(viewer.told).toEqual(["hello 10001", "resync 10001"]);
    const { viewer: nearer } = await scene.join({ since: 1, server: "files" });
    expect(nearer.told).toEqual(["hello 1"]);
  });
});
