import type { ActivityChange, Notice, SessionChange } from "../events";
import type { HealthThresholds } from "../health";
import { SESSION_STATUSES, type SessionStatus } from "../session";
import { ActiveSessions } from "./active-sessions";
import { type ConnectionHealth, connectionHealthAt } from "./connection-health";
import { type History, type HistoryRange, historyAt, type RunSpan } from "./history";
import { minuteOf, MinuteSeries } from "./minute-series";
import { Notices } from "./notices";
import { RecentSessions } from "./recent-sessions";

const RECENT_CAPACITY = 64;
/** Sessions without a server do not age; only their deadline counts. */
const AGELESS: HealthThresholds = { agingAfterMs: Number.POSITIVE_INFINITY, staleAfterMs: Number.POSITIVE_INFINITY };

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
  readonly #notices = new Notices();
  readonly #active: ActiveSessions;
  readonly #recoverable = new ActiveSessions(AGELESS);
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
    this.#active = new ActiveSessions(thresholds, this.#notices);
  }

  /** Takes over how many sessions the database holds in a status. Only for the rebuild at start, as the next two. */
  seedStatus(status: SessionStatus, count: number): void {
    this.#byStatus[status] += count;
  }

  /** Takes over an active session, counted already. Silence before this start had nobody to hear it: it makes no gap. */
  seedActive(pk: number, activity: ActivityChange, now: number): void {
    const lastHeartbeatAt = activity.lastHeartbeatAt === null ? null : now;
    this.#active.set(pk, { ...activity, lastHeartbeatAt }, now);
  }

  /** Takes over a disconnected session, counted already. */
  seedDisconnected(pk: number, recoverUntil: number, now: number): void {
    this.#setRecoverable(pk, recoverUntil, now);
  }

  apply(changes: readonly SessionChange[], now: number): void {
    for (const change of changes) this.#applyOne(change, now);
    this.#tidyUp(minuteOf(now), now);
  }

  statusBreakdownAt(now: number): StatusBreakdown {
    const { overdue } = this.#active.countAt(now);
    const { overdue: unrecoverable } = this.#recoverable.countAt(now);
    const { active: open, ...inactive } = this.#byStatus;
    const byStatus = {
      ...inactive,
      disconnected: inactive.disconnected - unrecoverable,
      expired: inactive.expired + overdue + unrecoverable,
    };
    const disconnected = Object.values(byStatus).reduce((sum, count) => sum + count, 0);
    const active = open - overdue;
    return { active, disconnected, total: active + disconnected, byStatus };
  }

  ageDistributionAt(now: number): AgeDistribution {
    const { healthy, aging, stale } = this.#active.countAt(now);
    return { healthy, aging, stale };
  }

  /** Sessions that have expired and are not recorded as such. */
  overdueAt(now: number): number {
    return this.#active.countAt(now).overdue + this.#recoverable.countAt(now).overdue;
  }

  /** The oldest notices that nobody has dropped, of all up to `now`. */
  noticesAt(now: number, limit: number): Notice[] {
    this.#active.countAt(now);
    return this.#notices.first(limit);
  }

  /** Forgets the oldest notices: they have been written down. */
  dropNotices(count: number): void {
    this.#notices.drop(count);
  }

  /** How many notices found no room in memory since this was asked last. */
  takeLostNotices(): number {
    return this.#notices.takeLost();
  }

  connectionHealthAt(now: number): ConnectionHealth {
    const minute = minuteOf(now);
    if (this.#windowCache?.minute !== minute) {
      this.#windowCache = { minute, value: connectionHealthAt(this.series, now) };
    }
    return this.#windowCache.value;
  }

  historyAt(range: HistoryRange, now: number): History {
    const { overdue: overdueNow } = this.#active.countAt(now);
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
      this.#setActive(change.pk, change.activity, now);
      return;
    }
    if (change.type === "deadline_moved") {
      this.#setRecoverable(change.pk, change.recoverUntil, now);
      return;
    }
    this.#windowCache = undefined;
    switch (change.type) {
      case "created":
        this.#byStatus.active += 1;
        this.series.addStart(change.createdAt);
        this.#setActive(change.pk, change.activity, now);
        return;
      case "ended":
        this.#applyEnd(change, now);
        return;
      case "resumed":
        this.#applyResume(change, now);
        return;
      case "purged":
        this.#byStatus[change.status] -= 1;
        this.recent.delete(change.pk);
    }
  }

  /** What the figures call an end is the end of being active, whatever may follow it. */
  #applyEnd(change: Extract<SessionChange, { type: "ended" }>, now: number): void {
    const { pk, from, status, endedAt, recoverUntil, lastActivityAt } = change;
    this.#byStatus[from] -= 1;
    this.#byStatus[status] += 1;
    if (from === "active") this.series.addEnd(change);
    this.#active.delete(pk, endedAt);
    if (lastActivityAt !== undefined) this.recent.touch(pk, lastActivityAt);
    if (recoverUntil === null) this.#recoverable.delete(pk);
    else this.#setRecoverable(pk, recoverUntil, now);
  }

  #applyResume(change: Extract<SessionChange, { type: "resumed" }>, now: number): void {
    const { pk, from, activity } = change;
    if (from !== "active") {
      this.#byStatus[from] -= 1;
      this.#byStatus.active += 1;
      this.series.addResume(change);
      this.#recoverable.delete(pk);
    }
    this.#setActive(pk, activity, now);
  }

  #setActive(pk: number, activity: ActivityChange, now: number): void {
    this.#active.set(pk, activity, now);
    this.recent.touch(pk, activity.lastActivityAt);
  }

  #setRecoverable(pk: number, recoverUntil: number, now: number): void {
    const ageless = { lastActivityAt: 0, lastHeartbeatAt: null, idleSince: 0 };
    this.#recoverable.set(pk, { ...ageless, deadlineAt: recoverUntil }, now);
  }
}
