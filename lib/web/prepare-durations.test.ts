import { expect, it } from "vitest";
import { DURATION_STEPS_MS } from "@/lib/domain/projection/range-totals";
import { prepareDurations } from "./prepare-durations";

function classes(counts: Record<number, number> = {}) {
  return DURATION_STEPS_MS.map((fromMs, index) => ({
    ...{ fromMs, toMs: DURATION_STEPS_MS[index + 1] ?? null },
    count: counts[index] ?? 0,
  }));
}

it("names every class, units once where they are the same", () => {
  expect(prepareDurations(classes()).bars.map(({ label }) => label)).toEqual([
    ...["< 1 s", "1–10 s", "10 s–1 min", "1–5 min", "5–15 min", "15–30 min", "30 min–1 h", "1–4 h", "4 h–1 d", "> 1 d"],
  ]);
});

it("gives each its share and scales to the fullest", () => {
  const { total, bars } = prepareDurations(classes({ 0: 2, 3: 6 }));
  expect(total).toBe(8);
  expect([bars[0], bars[3], bars[9]].map((bar) => [bar?.share, bar?.ratio])).toEqual([
    ["25%", 1 / 3],
    ["75%", 1],
    ["0%", 0],
  ]);
});

it("has neither shares nor heights without ends", () => {
  expect(prepareDurations(classes()).bars.map(({ share, ratio }) => [share, ratio])).toEqual(
    DURATION_STEPS_MS.map(() => [null, 0]),
  );
});
