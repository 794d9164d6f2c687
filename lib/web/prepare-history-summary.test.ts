import { expect, it } from "vitest";
import { prepareHistorySummary } from "./prepare-history-summary";

const point = { active: 0, started: 0, ended: 0, endsByReason: {}, isAlone: false };
const missing = { active: null, started: null, ended: null, endsByReason: null, isAlone: false };

it("adds up what is known and ends with the latest that was measured", () => {
  const points = [
    { ...point, at: 1, active: 2, started: 2 },
    { ...missing, at: 2 },
    { ...point, at: 3, active: 5, started: 4, ended: 1 },
    { ...point, at: 4, active: 4, started: 1, ended: 2 },
    { ...missing, at: 5 },
  ];
  expect(prepareHistorySummary(points)).toEqual({ started: 7, ended: 3, activeAtEnd: 4 });
});

it("knows nothing, not zero, of a range without figures", () => {
  expect(prepareHistorySummary([{ ...missing, at: 1 }])).toBeNull();
});
