const LOG_GROWTH = Math.log(1.02);

interface Bucket {
  count: number;
  sumMs: number;
}

/** Buckets grow by 2 %: everything in one lies within 2 % of everything else in it. */
function bucketOf(durationMs: number): number {
  return durationMs < 1 ? 0 : 1 + Math.floor(Math.log(durationMs) / LOG_GROWTH);
}

/**
 * Durations in log-spaced buckets; supports removal, so a rolling window stays cheap at any number of sessions. A bucket
 * answers with the mean of its members, so sparse data (a bucket each) yields exact quantiles.
 */
export class DurationHistogram {
  readonly #buckets = new Map<number, Bucket>();
  #size = 0;
  #sumMs = 0;

  get size(): number {
    return this.#size;
  }

  add(durationMs: number): void {
    this.#change(bucketOf(durationMs), 1, durationMs);
  }

  /** Takes everything counted in `other` into this one, or with `sign` -1 out of it. */
  merge(other: DurationHistogram, sign: 1 | -1): void {
    for (const [key, { count, sumMs }] of other.#buckets) this.#change(key, sign * count, sign * sumMs);
  }

  /** Exact mean in milliseconds; null without data. */
  mean(): number | null {
    return this.#size === 0 ? null : this.#sumMs / this.#size;
  }

  /** Nearest-rank quantile in milliseconds, within 2 %; null without data. */
  quantile(q: number): number | null {
    const rank = Math.max(1, Math.ceil(q * this.#size));
    let seen = 0;
    for (const key of [...this.#buckets.keys()].sort((a, b) => a - b)) {
      const { count, sumMs } = this.#buckets.get(key) ?? { count: 0, sumMs: 0 };
      seen += count;
      if (seen >= rank) return sumMs / count;
    }
    return null;
  }

  #change(key: number, count: number, sumMs: number): void {
    const bucket = this.#buckets.get(key) ?? { count: 0, sumMs: 0 };
    bucket.count += count;
    bucket.sumMs += sumMs;
    if (bucket.count === 0) this.#buckets.delete(key);
    else this.#buckets.set(key, bucket);
    this.#size += count;
    this.#sumMs += sumMs;
  }
}
