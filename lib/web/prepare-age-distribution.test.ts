import { expect, it } from "vitest";
import { prepareAgeDistribution } from "./prepare-age-distribution";

const thresholds = { agingAfterMs: 300_000, staleAfterMs: 600_000 };

it("gives every bucket its share and the registry's own limits", () => {
  const rows = prepareAgeDistribution({ ageDistribution: { healthy: 6, aging: 3, stale: 1 }, thresholds });
  expect(rows.map(({ bucket, share, ratio }) => [bucket, share, ratio])).toEqual([
    ["healthy", "60%", 0.6],
    ["aging", "30%", 0.3],
    ["stale", "10%", 0.1],
  ]);
  expect(rows.map(({ range }) => range)).toEqual(["under 5 min", "5 min to 10 min", "over 10 min"]);
});

it("follows thresholds of seconds", () => {
  const short = { agingAfterMs: 2_000, staleAfterMs: 90_000 };
  const rows = prepareAgeDistribution({ ageDistribution: { healthy: 0, aging: 0, stale: 1 }, thresholds: short });
  expect(rows.map(({ range }) => range)).toEqual(["under 2 s", "2 s to 1 min 30 s", "over 1 min 30 s"]);
});

it("has no shares without active sessions", () => {
  const rows = prepareAgeDistribution({ ageDistribution: { healthy: 0, aging: 0, stale: 0 }, thresholds });
  expect(rows.map(({ share, ratio }) => [share, ratio])).toEqual([
    [null, 0],
    [null, 0],
    [null, 0],
  ]);
});
