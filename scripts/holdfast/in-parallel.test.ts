import { setImmediate as turn } from "node:timers/promises";
import { expect, it } from "vitest";
import { inParallel } from "./in-parallel";

const ITEMS = Array.from({ length: 20 }, (_, index) => index);

it("answers in the items' order, with at most so many under way", async () => {
  let underWay = 0;
  let most = 0;
  const results = await inParallel(ITEMS, 4, async (item) => {
    underWay += 1;
    most = Math.max(most, underWay);
    for (let turns = item % 3; turns >= 0; turns -= 1) await turn();
    underWay -= 1;
    return item * 2;
  });
  expect(results).toEqual(ITEMS.map((item) => item * 2));
  expect(most).toBe(4);
});

it("begins nothing after a failure and leaves nothing running", async () => {
  const begun: number[] = [];
  let underWay = 0;
  const all = inParallel(ITEMS, 4, async (item) => {
    begun.push(item);
    underWay += 1;
    await turn();
    if (item !== 1) await turn();
    underWay -= 1;
    if (item === 1) throw new Error("no");
  });
  await expect(all).rejects.toThrow("no");
  expect([begun.length, underWay]).toEqual([4, 0]);
});

it("does nothing with nothing", async () => {
  expect(await inParallel([], 4, () => Promise.resolve(1))).toEqual([]);
});
