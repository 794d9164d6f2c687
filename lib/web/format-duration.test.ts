import { describe, expect, it } from "vitest";
import { formatDuration, formatSetting, formatSpan } from "./format-duration";

describe("formatDuration", () => {
  it.each([
    [0, "0 s"],
    [850, "850 ms"],
    [999.9, "999 ms"],
    [1_000, "1 s"],
    [59_999, "59 s"],
    [60_000, "1 min 00 s"],
    [192_000, "3 min 12 s"],
    [3_599_999, "59 min 59 s"],
    [3_840_000, "1 h 04 min"],
    [86_400_000, "1 d 0 h"],
    [183_600_000, "2 d 3 h"],
  ])("writes %d ms as %s", (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

describe("formatSpan", () => {
  it("leaves milliseconds out", () => {
    expect(formatSpan(850)).toBe("<1 s");
    expect(formatSpan(0)).toBe("0 s");
    expect(formatSpan(4_200)).toBe("4 s");
  });
});

describe("formatSetting", () => {
  it.each([
    [300_000, "5 min"],
    [310_000, "5 min 10 s"],
    [3_600_000, "1 h"],
    [2_592_000_000, "30 d"],
    [10_000, "10 s"],
    [1_500, "1.5 s"],
    [250, "250 ms"],
  ])("writes %d ms as %s", (ms, text) => {
    expect(formatSetting(ms)).toBe(text);
  });
});
