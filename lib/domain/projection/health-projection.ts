import type { SessionChange } from "../events";
import type { HealthThresholds } from "../health";
import { SESSION_STATUSES, type SessionStatus } from "../session";
import { ActiveSessions } from "./active-sessions";
import { type ConnectionHealth, connectionHealthAt } from "./connection-health";
import { type History, type HistoryRange, historyAt, type RunSpan } from "./history";
import { minuteOf, MinuteSeries } from "./minute-series";
import { RecentSessions } from "./recent-sessions";

const RECENT_CAPACITY = 64;

export interface StatusBreakdown {
  active: number;
  /** Every session that is no longer active. */
  disconnected: number;
  total: number;
  byStatus: Record<Exclude<SessionStatus, "active">, number>;
}

export interface AgeDistribution {
  healthy: number;
  aging: number;
  stale: number;
}

/** All health figures, kept in memory from what commits report; rebuilt from the database at start. */
export class HealthProjection {
  readonly active: ActiveSessions;
  readonly recent = new RecentSessions(RECENT_CAPACITY);
  readonly series = new MinuteSeries();
  readonly runs: RunSpan[] = [];
  readonly #byStatus = Object.fromEntries(SESSION_STATUSES.map((status) => [status, 0])) as Record<
    SessionStatus,
    number
  >;
  #tidyMinute: number | undefined;
  #windowCache: { minute: number; value: ConnectionHealth } | undefined;

  constructor(thresholds: HealthThresholds) {
    this.active = new ActiveSessions(thresholds);
  }

  /** Takes over how many sessions the database holds in a status. Only for the rebuild at start. */
  seedStatus(status: SessionStatus, count: number): void {
    this.#byStatus[status] += count;
  }

  apply(changes: readonly SessionChange[], now: number): void {
    for (const change of changes) this.#applyOne(change, now);
    this.#tidyUp(minuteOf(now), now);
  }

  statusBreakdownAt(now: number): StatusBreakdown {
    const { overdue } = this.active.countAt(now);
    const { active: open, ...ended } = this.#byStatus;
    const byStatus = { ...ended, expired: ended.expired + overdue };
    const disconnected = Object.values(byStatus).reduce((sum, count) => sum + count, 0);
    const active = open - overdue;
    return { active, disconnected, total: active + disconnected, byStatus };
  }

  ageDistributionAt(now: number): AgeDistribution {
    const { healthy, aging, stale } = this.active.countAt(now);
    return { healthy, aging, stale };
  }

  connectionHealthAt(now: number): ConnectionHealth {
    const minute = minuteOf(now);
    if (this.#windowCache?.minute !== minute) {
      this.#windowCache = { minute, value: connectionHealthAt(this.series, now) };
    }
    return this.#windowCache.value;
  }

  historyAt(range: HistoryRange, now: number): History {
    const { overdue: overdueNow } = this.active.countAt(now);
    const activeNow = this.#byStatus.active - overdueNow;
    return historyAt(range, { series: this.series, runs: this.runs, activeNow, overdueNow, now });
  }

  #tidyUp(minute: number, now: number): void {
    if (minute === this.#tidyMinute) return;
    this.#tidyMinute = minute;
    this.series.dropBefore(now);
  }

  #applyOne(change: SessionChange, now: number): void {
    if (change.type === "touched") {
      this.active.set(change.pk, change.activity, now);
      this.recent.touch(change.pk, change.activity.lastActivityAt);
      return;
    }
    this.#windowCache = undefined;
    if (change.type === "created") {
      this.#byStatus.active += 1;
      this.series.addStart(change.createdAt);
      this.active.set(change.pk, change.activity, now);
      this.recent.touch(change.pk, change.activity.lastActivityAt);
    } else if (change.type === "ended") {
      this.#byStatus.active -= 1;
      this.#byStatus[change.status] += 1;
      this.series.addEnd(change);
      this.active.delete(change.pk);
    } else {
      this.#byStatus[change.status] -= 1;
      this.recent.delete(change.pk);
    }
  }
}
