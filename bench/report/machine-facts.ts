import { closeSync, fdatasyncSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { arch, cpus, loadavg, platform, release } from "node:os";
import { join } from "node:path";
import type { Cores } from "../server/cores";
import { milliseconds } from "./figures";
import { median } from "./statistics";

/** What figures cannot be read without. */
export function machineFacts(dataDir: string, cores: Cores | null): Record<string, string> {
  return {
    Date: new Date().toISOString(),
    Node: process.version,
    System: `${platform()} ${release()} ${arch()}`,
    CPU: `${cpus()[0]?.model ?? "unknown"}, ${String(cpus().length)} cores`,
    Pinning: cores
      ? `server on core ${String(cores.server)}, load generator on core ${String(cores.load)}`
      : "none: taskset is missing or there is only one core",
    "File system": `${fileSystemOf(dataDir)} (${dataDir}), fdatasync of 4 KiB: median ${milliseconds(syncCostMs(dataDir))} ms`,
    "Load average before": loadavg()
      .map((load) => load.toFixed(2))
      .join(" "),
  };
}

function fileSystemOf(path: string): string {
  try {
    const mounts = readFileSync("/proc/mounts", "utf8").trim().split("\n");
    const candidates = mounts.map((line) => line.split(" ")).filter(([, point = ""]) => isBelow(path, point));
    return candidates.reduce(longestMountPoint, [])[2] ?? "unknown";
  } catch {
    return "unknown";
  }
}

function isBelow(path: string, point: string): boolean {
  return path === point || path.startsWith(point.endsWith("/") ? point : `${point}/`);
}

function longestMountPoint(best: string[], mount: string[]): string[] {
  return (mount[1]?.length ?? 0) >= (best[1]?.length ?? 0) ? mount : best;
}

function syncCostMs(dataDir: string): number {
  const path = join(dataDir, "sync-probe");
  const file = openSync(path, "w");
  const block = Buffer.alloc(4096, 1);
  const costs = Array.from({ length: 200 }, () => {
    const startedAt = performance.now();
    writeSync(file, block);
    fdatasyncSync(file);
    return performance.now() - startedAt;
  });
  closeSync(file);
  rmSync(path);
  return median(costs);
}
