import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DurationHistogram } from "./duration-histogram";

const duration = fc.oneof(fc.nat(50), fc.nat(100_000), fc.nat(31_536_000_000));
const durations = fc.array(duration, { minLength: 1, maxLength: 120 });
const QUANTILES = [0, 0.05, 0.5, 0.95, 0.99, 1];

function histogramOf(values: readonly number[]): DurationHistogram {
  const histogram = new DurationHistogram();
  for (const value of values) histogram.add(value);
  return histogram;
}

/** The value of nearest rank, read off the sorted list. */
function nearestRank(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(q * sorted.length)) - 1] ?? Number.NaN;
}

function figuresOf(histogram: DurationHistogram) {
  return {
    size: histogram.size,
    mean: histogram.mean(),
    quantiles: QUANTILES.map((q) => histogram.quantile(q)),
  };
}

describe("DurationHistogram", () => {
  it("has nothing to say without data", () => {
    expect(figuresOf(new DurationHistogram())).toEqual({
      size: 0,
      mean: null,
      quantiles: QUANTILES.map(() => null),
    });
  });

  it("has the exact mean", () => {
    fc.assert(
      fc.property(durations, (values) => {
        const sum = values.reduce((total, value) => total + value, 0);
        expect(histogramOf(values).mean()).toBe(sum / values.length);
      }),
    );
  });

  it("has every quantile within two per cent of the value of nearest rank", () => {
    fc.assert(
      fc.property(durations, fc.double({ min: 0, max: 1, noNaN: true }), (values, q) => {
        const expected = nearestRank(values, q);
        const actual = histogramOf(values).quantile(q) ?? Number.NaN;
        expect(Math.abs(actual - expected)).toBeLessThanOrEqual(0.02 * expected);
      }),
      { numRuns: 300 },
    );
  });

  it("has exact quantiles of sparse data", () => {
    const sparse = fc.uniqueArray(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(sparse, (exponents) => {
        const values = exponents.map((exponent) => Math.round(1_000 * 1.05 ** exponent));
        const histogram = histogramOf(values);
        for (const q of QUANTILES) expect(histogram.quantile(q)).toBe(nearestRank(values, q));
      }),
    );
  });

  it("counts merged data like data added one by one, and is as before once it is taken out again", () => {
    fc.assert(
      fc.property(durations, durations, (own, others) => {
        const histogram = histogramOf(own);
        histogram.merge(histogramOf(others), 1);
        expect(figuresOf(histogram)).toEqual(figuresOf(histogramOf([...own, ...others])));
        histogram.merge(histogramOf(others), -1);
        expect(figuresOf(histogram)).toEqual(figuresOf(histogramOf(own)));
      }),
    );
  });

  it("is empty again once everything is taken out", () => {
    const histogram = histogramOf([1, 20, 300]);
    histogram.merge(histogramOf([1, 20, 300]), -1);
    expect(figuresOf(histogram)).toEqual(figuresOf(new DurationHistogram()));
  });
});
