import { describe, expect, it } from "vitest";
import type { SessionHealthHistory } from "@/lib/contract/health";
import type { HistoryRange } from "@/lib/domain/projection/history-range";
import { formatTick, prepareHistoryChart } from "./prepare-history-chart";

const START = Date.UTC(2026, 10, 20, 6);
const MINUTE = 60_000;

type Figures = Partial<SessionHealthHistory["points"][number]>;

function historyOf(figures: Figures[], options: { range?: HistoryRange; bucketMs?: number; restarts?: string[] } = {}) {
  const { range = "1h", bucketMs = MINUTE, restarts = [] } = options;
  const nobody = { top: [], other: { names: 0, active: 0, started: 0 } };
  const points = figures.map((figure, index) => ({
    ...{ active: 0, peak: 0, started: 0, ended: 0, endsByReason: {}, ages: { healthy: 0, aging: 0, stale: 0 } },
    ...figure,
    at: new Date(START + index * bucketMs).toISOString(),
  }));
  const breakdown = { durations: [], servers: nobody, clients: nobody, protocols: nobody };
  return { range, bucketMs, points, restarts, ...breakdown, generatedAt: new Date(START).toISOString() };
}

const missing: Figures = { active: null, peak: null, started: null, ended: null, endsByReason: null, ages: null };

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
    const ticksOf = (range: HistoryRange, bucketMs: number, zone: string) =>
      prepareHistoryChart(historyOf(Array<Figures>(96).fill({}), { range, bucketMs }), zone).ticks.map((at) =>
        formatTick(at, range, zone),
      );
    expect(ticksOf("1h", MINUTE, "UTC").slice(0, 3)).toEqual(["06:10", "06:20", "06:30"]);
    expect(ticksOf("15m", MINUTE, "UTC").slice(0, 3)).toEqual(["06:05", "06:10", "06:15"]);
    expect(ticksOf("6h", 5 * MINUTE, "UTC").slice(0, 3)).toEqual(["07:00", "08:00", "09:00"]);
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

  it("shows a short range of a young registry as a part of it", () => {
    const young = [...Array<Figures>(13).fill(missing), {}, {}];
    expect(prepareHistoryChart(historyOf(young, { range: "15m" }), "UTC").points).toHaveLength(5);
  });

  it("marks the bucket in which the registry came back, and keeps what nobody looked at apart from what was missing", () => {
    const restarts = [new Date(START + 2 * MINUTE + 4_000).toISOString()];
    const chart = prepareHistoryChart(historyOf([{ ages: null }, missing, {}, {}], { restarts }), "UTC");
    expect(chart.points.map((point) => point.restarts.length)).toEqual([0, 0, 1, 0]);
    expect(chart.gaps).toEqual([{ from: START + MINUTE, to: START + MINUTE }]);
    expect(chart.ageGaps).toEqual([{ from: START, to: START + MINUTE }]);
  });

  it("makes room for the most that were active at once, and says whether that is news", () => {
    const calm = prepareHistoryChart(historyOf([{ active: 3, peak: 3 }]), "UTC");
    const busy = prepareHistoryChart(historyOf([{ active: 3, peak: 9 }]), "UTC");
    expect([calm.hasPeaks, busy.hasPeaks, busy.activeTicks.at(-1)]).toEqual([false, true, 10]);
  });
});
