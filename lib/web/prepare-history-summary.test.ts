import { expect, it } from "vitest";
import { prepareHistorySummary } from "./prepare-history-summary";

const point = { active: 0, started: 0, ended: 0 };
const missing = { active: null, started: null, ended: null };

it("adds up what is known and ends with the latest that was measured", () => {
  const points = [
    { ...point, active: 2, started: 2 },
    missing,
    { ...point, active: 5, started: 4, ended: 1 },
    { ...point, active: 4, started: 1, ended: 2 },
    missing,
  ];
  expect(prepareHistorySummary(points)).toEqual({ started: 7, ended: 3, activeAtEnd: 4 });
});

it("knows nothing, not zero, of a range without figures", () => {
  expect(prepareHistorySummary([missing])).toBeNull();
});
