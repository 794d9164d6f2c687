import { expect, it } from "vitest";
import { anInstance } from "./fixtures";
import { prepareLease } from "./prepare-lease";

const NOW = Date.parse("2026-11-20T07:00:00.000Z");

it("counts a lease down, to zero and no further", () => {
  expect(prepareLease(anInstance(), NOW)).toEqual({ state: "held", leftMs: 24_000, ratio: 0.8 });
  expect(prepareLease(anInstance(), NOW + 60_000)).toEqual({ state: "held", leftMs: 0, ratio: 0 });
});

it("never has more left than a whole lease, whatever the clocks say", () => {
  expect(prepareLease(anInstance(), NOW - 60_000)).toEqual({ state: "held", leftMs: 30_000, ratio: 1 });
});

it("says for how long an instance has held none", () => {
  const lost = anInstance({ status: "lost", leaseExpiresAt: null, endedAt: "2026-11-20T06:58:00.000Z" });
  expect(prepareLease(lost, NOW)).toEqual({ state: "over", sinceMs: 120_000 });
  expect(prepareLease({ ...lost, endedAt: null }, NOW)).toEqual({ state: "over", sinceMs: 6_000 });
});
