import type { ActivityChange, Notice, SessionChange, SessionOrigin } from "../events";
import type { HealthThresholds } from "../health";
import { SESSION_STATUSES, type SessionStatus } from "../session";
import { ActiveSessions } from "./active-sessions";
import { type AgeDistribution, AgeSamples } from "./age-samples";
import { type ConnectionHealth, connectionHealthAt } from "./connection-health";
import { type History, historyAt, type RunSpan } from "./history";
import type { HistoryRange } from "./history-range";
import { KEPT_MINUTES, MINUTE_MS, minuteOf, MinuteSeries } from "./minute-series";
import { Notices } from "./notices";
import { type OriginGroup, OriginGroups } from "./origin-groups";
import { NO_STARTS, type OriginField, RangeTotals } from "./range-totals";
import { type OriginRanking, rankOrigins } from "./rank-origins";
import { RecentSessions } from "./recent-sessions";
import { RunTotals } from "./run-totals";

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

/** What a range is made of, by other things than time. */
export interface Breakdown {
  origins: Record<OriginField, OriginRanking>;
  durations: number[];
}

/** All health figures, kept in memory from what commits report; rebuilt from the database at start. */
export class HealthProjection {
  readonly #notices = new Notices();
  readonly #active: ActiveSessions<OriginGroup>;
  readonly #recoverable = new ActiveSessions(AGELESS);
  readonly recent = new RecentSessions(RECENT_CAPACITY);
  readonly series = new MinuteSeries();
  readonly ranges = new RangeTotals();
  readonly sinceStart = new RunTotals();
  readonly #samples = new AgeSamples();
  readonly #origins = new OriginGroups();
  /** Groups of the sessions that wait to be taken up again. */
  readonly #waiting = new Map<number, OriginGroup>();
  readonly runs: RunSpan[] = [];
  readonly #byStatus = Object.fromEntries(SESSION_STATUSES.map((status) => [status, 0])) as Record<
    SessionStatus,
    number
  >;
  #minute: number | undefined;
  #windowCache: { minute: number; value: ConnectionHealth } | undefined;

  constructor(thresholds: HealthThresholds) {
    this.#active = new ActiveSessions(thresholds, this.#notices);
  }

  /** Takes over how many sessions the database holds in a status. Only for the rebuild at start, as the next two. */
  seedStatus(status: SessionStatus, count: number): void {
    this.#byStatus[status] += count;
  }

  /** Takes over an active session, counted already. Silence before this start had nobody to hear it: it makes no gap. */
  seedActive(
    pk: number,
    { activity, origin }: { activity: ActivityChange; origin?: SessionOrigin },
    now: number,
  ): void {
    const lastHeartbeatAt = activity.lastHeartbeatAt === null ? null : now;
    this.#active.set(pk, { ...activity, lastHeartbeatAt }, now);
    if (origin) this.#active.regroup(pk, this.#origins.hold(origin));
  }

  /** Takes over a disconnected session, counted already. */
  seedDisconnected(pk: number, seed: { recoverUntil: number; origin?: SessionOrigin }, now: number): void {
    this.#setRecoverable(pk, seed.recoverUntil, now);
    if (seed.origin) this.#waiting.set(pk, this.#origins.hold(seed.origin));
  }

  apply(changes: readonly SessionChange[], now: number): void {
    this.#turnMinute(now);
    let most = 0;
    for (const change of changes) {
      this.#applyOne(change, now);
      if (change.type !== "created" && change.type !== "resumed") continue;
      if (most === 0) this.#active.countAt(now);
      most = Math.max(most, this.#active.size);
    }
    if (most > 0) this.series.notePeak(now, most);
  }

  statusBreakdownAt(now: number): StatusBreakdown {
    const { overdue } = this.#countActive(now);
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
    const { healthy, aging, stale } = this.#countActive(now);
    return { healthy, aging, stale };
  }

  /** Sessions that have expired and are not recorded as such. */
  overdueAt(now: number): number {
    return this.#countActive(now).overdue + this.#recoverable.countAt(now).overdue;
  }

  /** The oldest notices that nobody has dropped, of all up to `now`. */
  noticesAt(now: number, limit: number): Notice[] {
    this.#countActive(now);
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
    const { overdue: overdueNow, ...agesNow } = this.#countActive(now);
    return historyAt(range, { series: this.series, samples: this.#samples, runs: this.runs, agesNow, overdueNow, now });
  }

  /** Servers, clients and protocol revisions by their sessions active now and started in the range, and its durations. */
  breakdownAt(range: HistoryRange, { now, limit }: { now: number; limit: number }): Breakdown {
    this.#countActive(now);
    const { started, durations } = this.ranges.sumOf(range, now);
    return { origins: rankOrigins(this.#origins.all(), started, limit), durations };
  }

  /** Active sessions by server, the busiest first. */
  activeByServerAt(now: number, limit: number): OriginRanking {
    this.#countActive(now);
    return rankOrigins(this.#origins.all(), NO_STARTS, limit).server;
  }

  /** Every look at the present goes through here: one at the new minute before the old one is sampled would turn time back. */
  #countActive(now: number) {
    this.#turnMinute(now);
    return this.#active.countAt(now);
  }

  /** Ages are sampled at the end of every minute, before anything of the next one is heard. */
  #turnMinute(now: number): void {
    const minute = minuteOf(now);
    if (minute === this.#minute) return;
    for (let past = Math.max(this.#minute ?? minute, minute - KEPT_MINUTES); past < minute; past += 1) {
      this.#samples.add(past, this.#active.countAt((past + 1) * MINUTE_MS - 1));
    }
    this.#minute = minute;
    this.series.dropBefore(now);
    this.ranges.dropBefore(now);
    this.#samples.dropBefore(minute);
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
    if (change.type === "origin_changed") {
      this.#changeOrigin(change.pk, change.origin);
      return;
    }
    this.#windowCache = undefined;
    switch (change.type) {
      case "created":
        this.#applyCreation(change, now);
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

  #applyCreation({ pk, createdAt, activity, origin }: Change<"created">, now: number): void {
    this.#byStatus.active += 1;
    this.series.addStart(createdAt);
    this.ranges.addStart(createdAt, origin);
    this.sinceStart.started += 1;
    this.#setActive(pk, activity, now);
    this.#active.regroup(pk, this.#origins.hold(origin));
  }

  /** What the figures call an end is the end of being active, whatever may follow it. */
  #applyEnd(change: Change<"ended">, now: number): void {
    const { pk, from, status, recoverUntil, lastActivityAt } = change;
    this.#byStatus[from] -= 1;
    this.#byStatus[status] += 1;
    const group = this.#active.delete(pk, change.endedAt) ?? this.#takeWaiting(pk);
    if (from === "active") this.#countEnd(change, group?.protocol ?? null);
    if (lastActivityAt !== undefined) this.recent.touch(pk, lastActivityAt);
    if (recoverUntil === null) {
      this.#recoverable.delete(pk);
      if (group) this.#origins.release(group);
      return;
    }
    this.#setRecoverable(pk, recoverUntil, now);
    if (group) this.#waiting.set(pk, group);
  }

  #countEnd(change: Change<"ended">, protocol: string | null): void {
    const { endedAt, reason } = change;
    const durationMs = endedAt - change.createdAt;
    this.series.addEnd(change);
    this.ranges.addEnd(endedAt, durationMs);
    this.sinceStart.addEnd({ reason, protocol, durationMs });
  }

  #applyResume(change: Change<"resumed">, now: number): void {
    const { pk, from, activity, origin } = change;
    if (from === "active") {
      this.#setActive(pk, activity, now);
      return;
    }
    this.#byStatus[from] -= 1;
    this.#byStatus.active += 1;
    this.series.addResume(change);
    this.sinceStart.resumed += 1;
    this.#recoverable.delete(pk);
    this.#setActive(pk, activity, now);
    const group = this.#takeWaiting(pk) ?? (origin && this.#origins.hold(origin));
    if (group) this.#active.regroup(pk, group);
  }

  #takeWaiting(pk: number): OriginGroup | undefined {
    const group = this.#waiting.get(pk);
    this.#waiting.delete(pk);
    return group;
  }

  #changeOrigin(pk: number, origin: SessionOrigin): void {
    if (!this.#active.has(pk)) return;
    const former = this.#active.regroup(pk, this.#origins.hold(origin));
    if (former) this.#origins.release(former);
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

type Change<Type extends SessionChange["type"]> = Extract<SessionChange, { type: Type }>;
