import { describe, expect, it } from "vitest";
import { formatAbsolute, formatClock, formatDay, formatHourMinute, formatRelative } from "./format-time";

const AT = Date.UTC(2026, 10, 20, 7, 4, 12, 345);

describe("formatRelative", () => {
  it("tells past from future", () => {
    expect(formatRelative(AT, AT + 4_000)).toBe("4 s ago");
    expect(formatRelative(AT, AT - 192_000)).toBe("in 3 min 12 s");
  });

  it("is now within a second either way", () => {
    expect(formatRelative(AT, AT + 999)).toBe("now");
    expect(formatRelative(AT, AT - 999)).toBe("now");
  });
});

describe("absolute times", () => {
  it("names date, time and zone", () => {
    expect(formatAbsolute(AT, "UTC")).toBe("20 Nov 2026, 07:04:12 UTC");
  });

  it("follows the viewer's zone across midnight", () => {
    expect(formatClock(AT, "Pacific/Auckland")).toBe("20:04:12");
    expect(formatHourMinute(AT, "America/Los_Angeles")).toBe("23:04");
    expect(formatDay(AT, "America/Los_Angeles")).toBe("19 Nov");
  });

  it("writes midnight as 00", () => {
    expect(formatHourMinute(Date.UTC(2026, 0, 1), "UTC")).toBe("00:00");
  });
});
