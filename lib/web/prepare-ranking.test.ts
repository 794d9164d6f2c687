import { expect, it } from "vitest";
import { prepareRanking } from "./prepare-ranking";

const NONE = { names: 0, active: 0, started: 0 };
const top = [
  { name: "notes", active: 8, started: 2 },
  { name: null, active: 4, started: 0 },
  { name: "search", active: 0, started: 3 },
];

it("names the busiest, says where nobody has said, and scales bars to the most active", () => {
  expect(prepareRanking({ top, other: NONE }, 3)).toEqual([
    { key: "name:notes", label: "notes", isPlaceholder: false, active: 8, started: 2, ratio: 1 },
    { key: "name:", label: "not reported", isPlaceholder: true, active: 4, started: 0, ratio: 0.5 },
    { key: "name:search", label: "search", isPlaceholder: false, active: 0, started: 3, ratio: 0 },
  ]);
});

it("gathers what has no row of its own, of the answer's and of its own making", () => {
  const rows = prepareRanking({ top, other: { names: 5, active: 20, started: 1 } }, 2);
  expect(rows.map(({ label, active, started, ratio }) => [label, active, started, ratio])).toEqual([
    ["notes", 8, 2, 1],
    ["7 others", 24, 4, 1],
  ]);
  const crowd = prepareRanking({ top: top.slice(0, 1), other: { names: 0, active: 3, started: 0 } }, 4);
  expect(crowd.map(({ label }) => label)).toEqual(["notes", "others"]);
});

it("is empty without sessions", () => {
  expect(prepareRanking({ top: [], other: NONE }, 5)).toEqual([]);
});
