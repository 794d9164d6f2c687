import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";

/** Of util-linux; present on nearly every Linux. */
export const TASKSET = "taskset";

/** Which core is whose; null where processes cannot be pinned, and then nothing is. */
export interface Cores {
  server: number;
  load: number;
}

/** One core for the server under test and another for whoever puts load on it. */
export function assignCores(): Cores | null {
  const canPin = spawnSync(TASKSET, ["--version"]).status === 0 && availableParallelism() >= 2;
  return canPin ? { server: 0, load: 1 } : null;
}

/** Keeps this process, with every thread it has, off the server's core. */
export function moveToLoadCore(cores: Cores | null): void {
  if (cores) spawnSync(TASKSET, ["--all-tasks", "--cpu-list", "--pid", String(cores.load), String(process.pid)]);
}
