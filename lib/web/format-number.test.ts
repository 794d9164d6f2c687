import { describe, expect, it } from "vitest";
import { formatCount, formatDecimal, formatShare, pluralize } from "./format-number";

describe("formatShare", () => {
  it.each([
    [38, 41, "93%"],
    [0, 41, "0%"],
    [41, 41, "100%"],
    [1, 1_000, "<1%"],
    [999, 1_000, ">99%"],
  ])("writes %d of %d as %s", (part, total, text) => {
    expect(formatShare(part, total)).toBe(text);
  });

  it("has no share of nothing", () => {
    expect(formatShare(0, 0)).toBeNull();
  });
});

describe("numbers", () => {
  it("groups thousands and keeps one decimal", () => {
    expect(formatCount(1_234_567)).toBe("1,234,567");
    expect(formatDecimal(2.25)).toBe("2.3");
    expect(formatDecimal(3)).toBe("3");
  });

  it("puts a noun in the plural unless there is one", () => {
    expect(pluralize(1, "session")).toBe("1 session");
    expect(pluralize(0, "session")).toBe("0 sessions");
  });
});
