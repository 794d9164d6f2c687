import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ACTIONS } from "./durability/actions";
import { runKillTest, totalAcknowledged } from "./durability/run-kill-test";
import { readBenchOptions } from "./options";
import { buildProduction } from "./server/build-production";
import { PROJECT_ROOT } from "./server/project-root";

// Both programs in one file, one after the other: two builds at the same time would get in each other's way.
const folder = mkdtempSync(join(tmpdir(), "holdfast-bench-test-"));

beforeAll(buildProduction, 300_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it("loses nothing acknowledged when the process is killed while it writes", { timeout: 120_000 }, async () => {
  const reports = await runKillTest({
    ...{ rounds: 3, seconds: 2, seed: 7, writers: 16 },
    dataDir: join(folder, "data"),
    // Other tests run at the same time.
    readyWithinMs: 20_000,
  });
  expect(reports.flatMap(({ violations }) => violations)).toEqual([]);
  const acknowledged = totalAcknowledged(reports);
  for (const action of ACTIONS) expect(acknowledged[action], action).toBeGreaterThan(0);
  expect(reports.reduce((sum, { unanswered }) => sum + unanswered, 0)).toBeGreaterThan(0);
});

interface BenchFile {
  parts: [
    { figures: { key: string; beatsPerSecond: number; acknowledged: number; stored: number }[] },
    { figures: { figures: { name: string; costs: { reads: number; medianMs: number }[] }[] } },
    { figures: { action: string; perSecond: number }[] },
    { figures: { key: string; stalled: number; arrivedShare: number; p50Ms: number }[] },
    { figures: { stored: number; largestPaintMs: number; interactions: number; rowP50Ms: number }[] },
  ];
}

it("measures every part in a quick run and finds all acknowledged heartbeats", { timeout: 180_000 }, async () => {
  const json = join(folder, "figures.json");
  const args = ["--import", "tsx", "bench/run.ts", "--quick", "--dir", folder, "--json", json];
  const child = spawn(process.execPath, args, { cwd: PROJECT_ROOT, stdio: ["ignore", "pipe", "pipe"] });
  const [report, progress] = [child.stdout.toArray(), child.stderr.toArray()];
  await once(child, "exit");
  expect(child.exitCode, Buffer.concat(await progress).toString()).toBe(0);
  expect(Buffer.concat(await report).toString()).toMatch(/^## Durable heartbeats per second$/m);

  // Written by the run itself; what counts of it is asserted below.
  const { parts } = JSON.parse(readFileSync(json, "utf8")) as BenchFile;
  const [
    { figures: heartbeats },
    { figures: reads },
    { figures: lifecycle },
    { figures: viewers },
    { figures: pages },
  ] = parts;
  expect(heartbeats.map(({ key }) => key)).toEqual(["single", "batch", "bare", "next"]);
  for (const { key, beatsPerSecond, acknowledged, stored } of heartbeats) {
    expect(beatsPerSecond, key).toBeGreaterThan(0);
    expect(stored, key).toBe(acknowledged);
  }
  for (const { name, costs } of reads.figures) {
    expect(costs, name).toHaveLength(3);
    for (const { reads: count, medianMs } of costs) {
      expect(count, name).toBeGreaterThan(0);
      expect(medianMs, name).toBeGreaterThan(0);
    }
  }
  expect(lifecycle.map(({ action }) => action)).toEqual(["create", "terminate"]);
  for (const { perSecond } of lifecycle) expect(perSecond).toBeGreaterThan(0);
  expect(viewers.map(({ key, stalled }) => `${key} ${String(stalled)}`)).toEqual([
    ...["holdfast 0", "gathered 0", "each 0", "holdfast 0", "gathered 0", "each 0", "holdfast 5"],
  ]);
  for (const { key, arrivedShare, p50Ms } of viewers) {
    // A frame shows its session as it is when it is read: a state may come twice, and none may be missing.
    expect(arrivedShare, key).toBeGreaterThanOrEqual(1);
    expect(p50Ms, key).toBeGreaterThan(0);
  }
  expect(pages.map(({ stored }) => stored)).toEqual([200, 1_000]);
  for (const { stored, largestPaintMs, interactions, rowP50Ms } of pages) {
    expect(Math.min(largestPaintMs, interactions, rowP50Ms), String(stored)).toBeGreaterThan(0);
  }
});

it("refuses a part that does not exist", () => {
  expect(() => readBenchOptions(["--part", "writes"])).toThrow(
    "--part: writes is none of heartbeats, reads, lifecycle, viewers",
  );
});
