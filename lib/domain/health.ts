export const AGE_BUCKETS = ["healthy", "aging", "stale"] as const;
/** Age bucket of an active session, by how long its client has been idle. */
export type SessionHealth = (typeof AGE_BUCKETS)[number];

/** Idle time in milliseconds from which a session counts as aging, and beyond which as stale. */
export interface HealthThresholds {
  agingAfterMs: number;
  staleAfterMs: number;
}

export const DEFAULT_HEALTH_THRESHOLDS: HealthThresholds = { agingAfterMs: 5 * 60_000, staleAfterMs: 10 * 60_000 };

/** Silence of a server, in milliseconds, beyond which it counts as one that stopped reporting. */
export const HEARTBEAT_GAP_MS = 60_000;

/** Healthy below the aging threshold, aging up to and including the stale threshold, stale beyond it. */
export function healthOf(idleMs: number, thresholds: HealthThresholds): SessionHealth {
  if (idleMs < thresholds.agingAfterMs) return "healthy";
  return idleMs <= thresholds.staleAfterMs ? "aging" : "stale";
}
