import type { LiveSnapshot } from "./live/live-store";

/** How much later than its poll an answer may still arrive without a word about it: the request's own timeout. */
const GRACE_MS = 9_000;
/** How long the feed may say nothing at all: when nothing happens it is asked for a sign of life. */
const LIVE_SILENCE_MS = 12_000;

export type Freshness =
  | { state: "loading" }
  | { state: "failed" }
  | { state: "connecting" }
  | { state: "live" }
  | { state: "polling"; intervalMs: number; ageMs: number }
  | { state: "reconnecting"; inMs: number | null }
  | { state: "late"; ageMs: number }
  | { state: "stale"; since: number }
  | { state: "paused"; since: number; waiting: number };

interface FreshnessFacts {
  /** Epoch milliseconds of the last good answer or frame; 0 when there was none. */
  dataUpdatedAt: number;
  hasFailed: boolean;
  intervalMs: number;
  live: LiveSnapshot;
  now: number;
}

/** What may be said about the data on screen: that it is live, or polled, only while it really arrives. */
export function prepareFreshness({ dataUpdatedAt, hasFailed, intervalMs, live, now }: FreshnessFacts): Freshness {
  const { phase, retryAt, heardAt, lostAt, pausedAt, waiting } = live;
  if (dataUpdatedAt === 0) return { state: hasFailed ? "failed" : "loading" };
  if (pausedAt !== null) return { state: "paused", since: pausedAt, waiting };
  // While the feed was there, nothing had changed since the last answer either.
  const goodUntil = phase === "live" ? dataUpdatedAt : Math.max(dataUpdatedAt, heardAt ?? 0);
  if (hasFailed) return { state: "stale", since: goodUntil };
  if (phase === "live") return sayLive(now - (heardAt ?? 0));
  const ageMs = Math.max(0, now - goodUntil);
  if (ageMs > intervalMs + GRACE_MS) return { state: "late", ageMs };
  if (phase === "connecting" && lostAt === null) return { state: "connecting" };
  if (lostAt !== null && dataUpdatedAt <= lostAt) {
    return { state: "reconnecting", inMs: retryAt === null ? null : Math.max(0, retryAt - now) };
  }
  return { state: "polling", intervalMs, ageMs };
}

function sayLive(silenceMs: number): Freshness {
  return silenceMs <= LIVE_SILENCE_MS ? { state: "live" } : { state: "late", ageMs: silenceMs };
}
