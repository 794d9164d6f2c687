import { expect, it } from "vitest";
import { prepareHistorySummary } from "./prepare-history-summary";

const point = { active: 0, started: 0, ended: 0, endsByReason: {}, isAlone: false };
const missing = { active: null, started: null, ended: null, endsByReason: null, isAlone: false };

it("finds the first peak and adds up what is known", () => {
  const points = [
    { ...point, at: 1, active: 2, started: 2 },
    { ...missing, at: 2 },
    { ...point, at: 3, active: 5, started: 4, ended: 1 },
    { ...point, at: 4, active: 5, started: 1, ended: 1 },
  ];
  expect(prepareHistorySummary(points)).toEqual({ peak: { active: 5, at: 3 }, started: 7, ended: 2 });
});

it("knows nothing, not zero, of a range without figures", () => {
  expect(prepareHistorySummary([{ ...missing, at: 1 }])).toEqual({ peak: null, started: null, ended: null });
});
