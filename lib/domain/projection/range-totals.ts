import type { SessionOrigin } from "../events";
import { type HistoryRange, RANGE_SHAPES } from "./history-range";
import { MINUTE_MS, minuteOf } from "./minute-series";

export const ORIGIN_FIELDS = ["server", "client", "protocol"] as const;
export type OriginField = (typeof ORIGIN_FIELDS)[number];

/** Lower ends of the classes of durations, milliseconds. */
export const DURATION_STEPS_MS = [
  ...[0, 1_000, 10_000, MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS],
  ...[30 * MINUTE_MS, 60 * MINUTE_MS, 240 * MINUTE_MS, 1_440 * MINUTE_MS],
];

/** Starts by name; `other` are those of names beyond the limit. */
export interface NamedCounts {
  byName: Map<string | null, number>;
  other: number;
}

export interface RangeSums {
  started: Record<OriginField, NamedCounts>;
  /** One count per step of `DURATION_STEPS_MS`. */
  durations: number[];
}

/** Names told apart within one bucket: they come from outside. */
const MAX_NAMES = 500;

/** The buckets that the ranges are made of; each start and end is counted in one bucket of every size. */
export const BUCKET_MINUTES = [...new Set(Object.values(RANGE_SHAPES).map(({ minutesPerPoint }) => minutesPerPoint))];

function keptBuckets(minutes: number): number {
  const shapes = Object.values(RANGE_SHAPES).filter(({ minutesPerPoint }) => minutesPerPoint === minutes);
  return Math.max(...shapes.map(({ points }) => points));
}

/** First minute of what is kept in buckets of this size. */
export function firstMinuteOf(bucketMinutes: number, now: number): number {
  return (Math.floor(minuteOf(now) / bucketMinutes) - keptBuckets(bucketMinutes) + 1) * bucketMinutes;
}

/** Who started sessions and how long sessions lasted, by range; memory is bounded by buckets and names, not by sessions. */
export class RangeTotals {
  readonly #tiers = BUCKET_MINUTES.map((minutes) => ({ minutes, buckets: new Map<number, RangeSums>() }));

  addStart(at: number, origin: SessionOrigin): void {
    for (const { minutes } of this.#tiers) this.seedStarts(minutes, at, { origin, count: 1 });
  }

  /** Starts in buckets of one size only. */
  seedStarts(bucketMinutes: number, at: number, { origin, count }: { origin: SessionOrigin; count: number }): void {
    const { started } = this.#bucketAt(bucketMinutes, at);
    for (const field of ORIGIN_FIELDS) addTo(started[field], origin[field], count);
  }

  addEnd(at: number, durationMs: number): void {
    const step = DURATION_STEPS_MS.findLastIndex((from) => from <= Math.max(0, durationMs));
    for (const { minutes } of this.#tiers) {
      const { durations } = this.#bucketAt(minutes, at);
      durations[step] = (durations[step] ?? 0) + 1;
    }
  }

  /** Sums of exactly the buckets that the history of the range has. */
  sumOf(range: HistoryRange, now: number): RangeSums {
    const { minutesPerPoint, points } = RANGE_SHAPES[range];
    const last = Math.floor(minuteOf(now) / minutesPerPoint);
    const buckets = this.#bucketsOf(minutesPerPoint);
    const sums = emptySums();
    for (let bucket = last - points + 1; bucket <= last; bucket += 1) addSums(sums, buckets.get(bucket));
    return sums;
  }

  dropBefore(now: number): void {
    for (const { minutes, buckets } of this.#tiers) {
      const first = firstMinuteOf(minutes, now) / minutes;
      for (const bucket of buckets.keys()) if (bucket < first) buckets.delete(bucket);
    }
  }

  #bucketsOf(minutes: number): Map<number, RangeSums> {
    return this.#tiers.find((tier) => tier.minutes === minutes)?.buckets ?? new Map<number, RangeSums>();
  }

  #bucketAt(minutes: number, at: number): RangeSums {
    const buckets = this.#bucketsOf(minutes);
    const key = Math.floor(minuteOf(at) / minutes);
    const known = buckets.get(key);
    if (known) return known;
    const sums = emptySums();
    buckets.set(key, sums);
    return sums;
  }
}

function noStarts(): RangeSums["started"] {
  const none = (): NamedCounts => ({ byName: new Map(), other: 0 });
  return { server: none(), client: none(), protocol: none() };
}

export const NO_STARTS: Readonly<RangeSums["started"]> = noStarts();

function emptySums(): RangeSums {
  return { started: noStarts(), durations: DURATION_STEPS_MS.map(() => 0) };
}

function addTo(counts: NamedCounts, name: string | null, count: number): void {
  const known = counts.byName.get(name);
  if (known === undefined && counts.byName.size >= MAX_NAMES) counts.other += count;
  else counts.byName.set(name, (known ?? 0) + count);
}

function addSums(sums: RangeSums, bucket: RangeSums | undefined): void {
  if (!bucket) return;
  for (const field of ORIGIN_FIELDS) {
    const { byName, other } = sums.started[field];
    for (const [name, count] of bucket.started[field].byName) byName.set(name, (byName.get(name) ?? 0) + count);
    sums.started[field].other = other + bucket.started[field].other;
  }
  bucket.durations.forEach((count, step) => (sums.durations[step] = (sums.durations[step] ?? 0) + count));
}
