import { expect, it } from "vitest";
import { formatDuration, parseDuration } from "./duration";

it.each([
  ["500ms", 500],
  ["2s", 2_000],
  ["1.5s", 1_500],
  ["1m", 60_000],
  ["2h", 7_200_000],
])("reads %s", (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

it.each(["", "2", "s", "-1s", "2 s", "1e3ms", "2sec", "0.0001s", "1m30s"])("does not read %j", (text) => {
  expect(parseDuration(text)).toBeNull();
});

it.each([
  [0, "0 ms"],
  [12.4, "12 ms"],
  [999.4, "999 ms"],
  [999.6, "1 s"],
  [2_000, "2 s"],
  [6_240, "6.2 s"],
  [59_940, "59.9 s"],
  [59_999, "1 min"],
  [65_000, "1 min 5 s"],
])("tells %d ms as %s", (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});
