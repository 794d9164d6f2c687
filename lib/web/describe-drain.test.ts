import { expect, it } from "vitest";
import { describeDrain } from "./describe-drain";

const NOW = Date.parse("2026-11-20T07:00:00.000Z");
const drainDueIn = (ms: number) => ({
  since: "2026-11-20T06:00:00.000Z",
  deadlineAt: new Date(NOW + ms).toISOString(),
});

it.each([
  [272_000, "due in 4 min 32 s"],
  [0, "due now"],
  [-180_000, "due since 3 min 00 s"],
])("says when it is due (%d ms)", (ms, words) => {
  expect(describeDrain(drainDueIn(ms), NOW)).toBe(words);
});

it("says so when nobody set a time", () => {
  expect(describeDrain({ since: "2026-11-20T06:00:00.000Z", deadlineAt: null }, NOW)).toBe("no deadline set");
});
