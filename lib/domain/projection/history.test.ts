import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AgeSamples } from "./age-samples";
import { type HistoryFacts, historyAt } from "./history";
import { HISTORY_RANGES } from "./history-range";
import { MINUTE_MS, MinuteSeries } from "./minute-series";

const NOW = Date.UTC(2026, 0, 11, 12, 7, 30);
const ALWAYS = [{ from: 0, to: Number.POSITIVE_INFINITY }];
const SHAPES = {
  "15m": { bucketMs: MINUTE_MS, points: 15 },
  "6h": { bucketMs: 5 * MINUTE_MS, points: 72 },
  "1h": { bucketMs: MINUTE_MS, points: 60 },
  "24h": { bucketMs: 15 * MINUTE_MS, points: 96 },
  "7d": { bucketMs: 60 * MINUTE_MS, points: 168 },
};

function factsOf(facts: Partial<HistoryFacts> & { activeNow?: number } = {}): HistoryFacts {
  const { activeNow = 0, ...rest } = facts;
  const agesNow = { healthy: activeNow, aging: 0, stale: 0 };
  const nothing = { series: new MinuteSeries(), samples: new AgeSamples(), runs: ALWAYS, overdueNow: 0, now: NOW };
  return { ...nothing, agesNow, ...rest };
}

/** From its creation, when it was active; between two stretches it was disconnected, or had expired. */
interface Life {
  stretches: { from: number; to: number | null }[];
}

const life: fc.Arbitrary<Life> = fc
  .tuple(
    fc.integer({ min: 0, max: 9 * 24 * 60 * MINUTE_MS }),
    fc.array(fc.integer({ min: 0, max: 3 * 60 * MINUTE_MS }), { maxLength: 6 }),
  )
  .map(([ageMs, waits]) => {
    const turns = [NOW - ageMs];
    for (const wait of waits) turns.push((turns.at(-1) ?? 0) + wait);
    const past = turns.filter((at) => at <= NOW);
    const stretches = past.flatMap((from, index) => (index % 2 === 0 ? [{ from, to: past[index + 1] ?? null }] : []));
    return { stretches };
  });

function seriesOf(lives: readonly Life[]): MinuteSeries {
  const series = new MinuteSeries();
  for (const { stretches } of lives) {
    const createdAt = stretches[0]?.from ?? NOW;
    stretches.forEach(({ from, to }, index) => {
      if (index === 0) series.addStart(from);
      else series.addResume({ createdAt, at: from });
      if (to !== null) series.addEnd({ reason: "instance_lost", createdAt, endedAt: to });
    });
  }
  return series;
}

function activeAt(lives: readonly Life[], at: number): number {
  return lives.filter(({ stretches }) => stretches.some(({ from, to }) => from < at && (to === null || to >= at)))
    .length;
}

describe("historyAt", () => {
  it.each(HISTORY_RANGES)("answers %s as whole buckets that end with the one of now", (range) => {
    const { bucketMs, points } = historyAt(range, factsOf());
    expect(bucketMs).toBe(SHAPES[range].bucketMs);
    expect(points).toHaveLength(SHAPES[range].points);
    expect(points.at(-1)?.at).toBe(Math.floor(NOW / bucketMs) * bucketMs);
    for (const [index, point] of points.entries()) expect(point.at).toBe((points[0]?.at ?? 0) + index * bucketMs);
  });

  it("tells what a simulation of every session tells, at every point of every range", () => {
    fc.assert(
      fc.property(fc.array(life, { maxLength: 30 }), fc.constantFrom(...HISTORY_RANGES), (lives, range) => {
        const activeNow = lives.filter(({ stretches }) => stretches.at(-1)?.to === null).length;
        const { bucketMs, points } = historyAt(range, factsOf({ series: seriesOf(lives), activeNow }));
        for (const [index, { at, active, started, ended }] of points.entries()) {
          const end = at + bucketMs;
          const isIn = (time: number | null) => time !== null && time >= at && time < end;
          expect(started).toBe(lives.filter(({ stretches }) => isIn(stretches[0]?.from ?? null)).length);
          expect(ended).toBe(lives.flatMap(({ stretches }) => stretches).filter(({ to }) => isIn(to)).length);
          expect(active).toBe(index === points.length - 1 ? activeNow : activeAt(lives, end));
        }
      }),
      { numRuns: 150 },
    );
  });

  it("splits the ends of a bucket by reason", () => {
    const series = new MinuteSeries();
    series.addEnd({ reason: "idle_timeout", createdAt: NOW, endedAt: NOW });
    series.addEnd({ reason: "idle_timeout", createdAt: NOW, endedAt: NOW });
    series.addEnd({ reason: "operator_terminated", createdAt: NOW, endedAt: NOW });
    const last = historyAt("1h", factsOf({ series })).points.at(-1);
    expect(last).toMatchObject({ ended: 3, endsByReason: { idle_timeout: 2, operator_terminated: 1 } });
  });

  it("leaves a gap, not a zero, where the registry did not run", () => {
    const minute = Math.floor(NOW / MINUTE_MS) * MINUTE_MS;
    const runs = [
      { from: minute - 50 * MINUTE_MS, to: minute - 40 * MINUTE_MS + 1 },
      { from: minute - 10 * MINUTE_MS + 5_000, to: Number.POSITIVE_INFINITY },
    ];
    const { points } = historyAt("1h", factsOf({ runs, activeNow: 4 }));
    const gaps = points.map(({ active, peak, started, ended, endsByReason }) => {
      const others = [peak, started, ended, endsByReason];
      expect(others.map((figure) => figure === null)).toEqual(Array(4).fill(active === null));
      return active === null;
    });
    const minutesAgo = (index: number) => points.length - 1 - index;
    expect(gaps.map((isGap, index) => (isGap ? null : minutesAgo(index))).filter((ago) => ago !== null)).toEqual([
      50, 49, 48, 47, 46, 45, 44, 43, 42, 41, 40, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0,
    ]);
  });

  it("carries the number of active sessions across a gap", () => {
    const runs = [
      { from: 0, to: NOW - 30 * MINUTE_MS },
      { from: NOW - 5 * MINUTE_MS, to: Number.POSITIVE_INFINITY },
    ];
    const lives = [{ stretches: [{ from: NOW - 40 * MINUTE_MS, to: NOW - 20 * MINUTE_MS }] }];
    const { points } = historyAt("1h", factsOf({ series: seriesOf(lives), runs }));
    expect(points.at(-36)?.active).toBe(1);
    expect(points.at(-21)?.active).toBeNull();
    expect(points.at(-2)?.active).toBe(0);
  });

  it("marks where it came back, not where it began", () => {
    const back = NOW - 20 * MINUTE_MS;
    const runs = [
      { from: NOW - 50 * MINUTE_MS, to: NOW - 30 * MINUTE_MS },
      { from: back, to: Number.POSITIVE_INFINITY },
    ];
    expect(historyAt("1h", factsOf({ runs })).restarts).toEqual([back]);
    expect(historyAt("15m", factsOf({ runs })).restarts).toEqual([]);
  });

  it("has for a bucket the most that were active at the turn of any of its minutes", () => {
    const minutesAgo = (minutes: number) => (Math.floor(NOW / MINUTE_MS) - minutes) * MINUTE_MS + 1_000;
    const lives = [10, 9, 7].map((minutes) => ({
      stretches: [{ from: minutesAgo(minutes), to: minutesAgo(4) }],
    }));
    const { points } = historyAt("6h", factsOf({ series: seriesOf(lives) }));
    // 12:07: the bucket from 11:55 saw two of them begin, that from 12:00 the third, and all of them end.
    expect(points.slice(-3).map(({ active, peak }) => [active, peak])).toEqual([
      [2, 2],
      [0, 3],
      [0, 0],
    ]);
  });

  it("takes ages from the latest look within the bucket, and from now for the last", () => {
    const samples = new AgeSamples();
    const current = Math.floor(NOW / MINUTE_MS);
    samples.add(current - 3, { healthy: 1, aging: 0, stale: 0 });
    samples.add(current - 4, { healthy: 9, aging: 9, stale: 9 });
    const agesNow = { healthy: 0, aging: 2, stale: 1 };
    const { points } = historyAt("6h", factsOf({ samples, agesNow }));
    expect(points.slice(-3).map(({ ages }) => ages)).toEqual([null, { healthy: 1, aging: 0, stale: 0 }, agesNow]);
  });
});
