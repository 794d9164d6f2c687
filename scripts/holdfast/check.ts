import type { Registry } from "./registry";

export interface CheckOptions {
  /** How many sessions the bulk steps make. */
  sessions: number;
  /** How many requests are under way at a time. */
  parallel: number;
  /** Idle timeout of the sessions that are to expire, in milliseconds. */
  idleMs: number;
  /** Lease of the instance that is to die, in milliseconds. */
  leaseMs: number;
}

/** Milliseconds from an arbitrary start, and waiting for them to pass. */
export interface CheckClock {
  now(): number;
  waitUntil(at: number, signal?: AbortSignal): Promise<void>;
}

export interface StepContext {
  registry: Registry;
  options: CheckOptions;
  clock: CheckClock;
  /** How far a long step has come; shown while it lasts. */
  progress: (text: string) => void;
}

/** One behaviour, on sessions of its own. Resolves with what is worth adding to its line, if anything. */
export interface Step {
  name: string;
  run: (ctx: StepContext) => Promise<string | undefined>;
}

export interface Check {
  name: string;
  steps: (options: CheckOptions) => readonly Step[];
}

export interface StepResult {
  name: string;
  /** `skipped`: the instance was gone, or the operator had enough. */
  outcome: "passed" | "failed" | "skipped";
  durationMs: number;
  note?: string;
  error?: string;
}

export interface CheckResult {
  name: string;
  outcome: "passed" | "failed" | "interrupted";
  durationMs: number;
  steps: StepResult[];
}

export interface RunResult {
  url: string;
  /** Name of this run: the value of its sessions' label. */
  run: string;
  outcome: "passed" | "failed" | "interrupted";
  durationMs: number;
  checks: CheckResult[];
  /** Why the run's sessions could not all be closed; null when they were. */
  leftBehind: string | null;
}
