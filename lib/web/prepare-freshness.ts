/** How much later than its poll an answer may still arrive without a word about it: the request's own timeout. */
const GRACE_MS = 9_000;

export type Freshness =
  | { state: "loading" }
  | { state: "failed" }
  | { state: "fresh"; ageMs: number }
  | { state: "late"; ageMs: number }
  | { state: "stale"; since: number };

interface FreshnessFacts {
  /** Epoch milliseconds of the last good answer; 0 when there was none. */
  dataUpdatedAt: number;
  hasFailed: boolean;
  intervalMs: number;
  now: number;
}

/** What may be said about the age of data: fresh only while it is younger than a poll and its answer take. */
export function prepareFreshness({ dataUpdatedAt, hasFailed, intervalMs, now }: FreshnessFacts): Freshness {
  if (dataUpdatedAt === 0) return { state: hasFailed ? "failed" : "loading" };
  if (hasFailed) return { state: "stale", since: dataUpdatedAt };
  const ageMs = Math.max(0, now - dataUpdatedAt);
  return { state: ageMs <= intervalMs + GRACE_MS ? "fresh" : "late", ageMs };
}
