import { describe, expect, it } from "vitest";
import type { SessionHealthHistory } from "@/lib/contract/health";
import { formatTick, prepareHistoryChart } from "./prepare-history-chart";

const START = Date.UTC(2026, 10, 20, 6);
const MINUTE = 60_000;

type Figures = Partial<SessionHealthHistory["points"][number]>;

function historyOf(figures: Figures[], options: { range?: "1h" | "24h" | "7d"; bucketMs?: number } = {}) {
  const { range = "1h", bucketMs = MINUTE } = options;
  const points = figures.map((figure, index) => ({
    ...{ active: 0, started: 0, ended: 0, endsByReason: {} },
    ...figure,
    at: new Date(START + index * bucketMs).toISOString(),
  }));
  return { range, bucketMs, points, generatedAt: new Date(START).toISOString() };
}

const missing: Figures = { active: null, started: null, ended: null, endsByReason: null };

describe("prepareHistoryChart", () => {
  it("keeps missing figures missing and joins them into gaps", () => {
    const { points, gaps } = prepareHistoryChart(historyOf([missing, missing, { active: 3 }, {}, missing]), "UTC");
    expect(points.map(({ active }) => active)).toEqual([null, null, 3, 0, null]);
    expect(gaps).toEqual([
      { from: START, to: START + MINUTE },
      { from: START + 4 * MINUTE, to: START + 4 * MINUTE },
    ]);
  });

  it("marks a figure that no line can reach", () => {
    const { points } = prepareHistoryChart(historyOf([missing, { active: 1 }, missing, { active: 1 }, {}]), "UTC");
    expect(points.map(({ isAlone }) => isAlone)).toEqual([false, true, false, false, false]);
  });

  it("names the reasons that occur, families together", () => {
    const ends: Figures[] = [
      { endsByReason: { operator_terminated: 1, idle_timeout: 0 } },
      missing,
      { endsByReason: { client_closed: 2 } },
    ];
    expect(prepareHistoryChart(historyOf(ends), "UTC").reasons).toEqual(["client_closed", "operator_terminated"]);
  });

  it("puts ticks on the viewer's full ten minutes, fourth hours and days", () => {
    const ticksOf = (range: "1h" | "24h" | "7d", bucketMs: number, zone: string) =>
      prepareHistoryChart(historyOf(Array<Figures>(96).fill({}), { range, bucketMs }), zone).ticks.map((at) =>
        formatTick(at, range, zone),
      );
    expect(ticksOf("1h", MINUTE, "UTC").slice(0, 3)).toEqual(["06:10", "06:20", "06:30"]);
    expect(ticksOf("24h", 15 * MINUTE, "UTC").slice(0, 2)).toEqual(["08:00", "12:00"]);
    expect(ticksOf("7d", 60 * MINUTE, "Asia/Kolkata")).toEqual(["21 Nov", "22 Nov", "23 Nov", "24 Nov"]);
  });

  it("begins shortly before the first figures of a young registry, with enough buckets to look like time", () => {
    const young = [...Array<Figures>(50).fill(missing), ...Array<Figures>(10).fill({ active: 1 })];
    expect(prepareHistoryChart(historyOf(young), "UTC").points).toHaveLength(15);
    const older = [...Array<Figures>(20).fill(missing), ...Array<Figures>(40).fill({ active: 1 })];
    expect(prepareHistoryChart(historyOf(older), "UTC").points).toHaveLength(41);
    expect(prepareHistoryChart(historyOf(Array<Figures>(60).fill(missing)), "UTC").points).toHaveLength(60);
  });
});
