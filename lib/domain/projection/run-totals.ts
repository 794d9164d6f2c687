import type { EndReason } from "../session";

/** Upper ends of the classes of session durations, seconds: OpenTelemetry's for MCP, and longer ones, for sessions are. */
export const DURATION_BOUNDS_SECONDS = [
  ...[0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300],
  ...[900, 1_800, 3_600, 14_400, 86_400],
];

export interface DurationCounts {
  protocol: string | null;
  reason: EndReason;
  /** One per bound, and one for what is longer than all of them. */
  counts: number[];
  sumSeconds: number;
}

/** Protocol revisions told apart: they come from outside. */
const MAX_PROTOCOLS = 20;

/** What this process has heard of since it started: numbers that only grow, and begin anew with the next start. */
export class RunTotals {
  started = 0;
  resumed = 0;
  readonly endsByReason = new Map<EndReason, number>();
  readonly #durations = new Map<string, DurationCounts>();
  readonly #protocols = new Set<string | null>();

  addEnd(end: { reason: EndReason; protocol: string | null; durationMs: number }): void {
    const { reason, durationMs } = end;
    this.endsByReason.set(reason, (this.endsByReason.get(reason) ?? 0) + 1);
    const seconds = Math.max(0, durationMs) / 1_000;
    const entry = this.#entryOf(this.#known(end.protocol), reason);
    const bound = DURATION_BOUNDS_SECONDS.findIndex((upTo) => seconds <= upTo);
    const index = bound < 0 ? DURATION_BOUNDS_SECONDS.length : bound;
    entry.counts[index] = (entry.counts[index] ?? 0) + 1;
    entry.sumSeconds += seconds;
  }

  /** How long sessions lasted, by protocol revision and reason of their end. */
  durations(): IterableIterator<DurationCounts> {
    return this.#durations.values();
  }

  #known(protocol: string | null): string | null {
    if (this.#protocols.size < MAX_PROTOCOLS) this.#protocols.add(protocol);
    return this.#protocols.has(protocol) ? protocol : null;
  }

  #entryOf(protocol: string | null, reason: EndReason): DurationCounts {
    const key = `${reason} ${protocol ?? ""}`;
    const known = this.#durations.get(key);
    if (known) return known;
    const counts = Array<number>(DURATION_BOUNDS_SECONDS.length + 1).fill(0);
    const entry = { protocol, reason, counts, sumSeconds: 0 };
    this.#durations.set(key, entry);
    return entry;
  }
}
