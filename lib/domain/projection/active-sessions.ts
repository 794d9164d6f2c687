import type { ActivityChange } from "../events";
import { HEARTBEAT_GAP_MS, healthOf, type HealthThresholds, type SessionHealth } from "../health";
import { CheckWheel } from "./check-wheel";
import type { Notices } from "./notices";

/** Sessions that are counted together. */
export interface ActiveGroup {
  active: number;
}

interface Entry<Group> {
  pk: number;
  group: Group | undefined;
  idleSince: number;
  deadlineAt: number;
  /** The last heartbeat; NaN before the first, which ends no gap. */
  beatAt: number;
  /** As of the last look; frozen while overdue. */
  bucket: SessionHealth;
  /** When it got into its bucket, as far as that was noticed: no later change is dated before it. */
  since: number;
  isOverdue: boolean;
  /** Lower bound of the moment at which `bucket` or `isOverdue` stops being true. */
  checkAt: number;
}

type Counts = Record<SessionHealth | "overdue", number>;

/**
 * Counts open sessions by age without ever scanning them, and notices when they change it. A heartbeat only moves the
 * numbers of its session; a wheel says when to look at one again whose count could have become wrong, so each one costs a
 * look per bucket it grows into, not one per heartbeat.
 */
export class ActiveSessions<Group extends ActiveGroup = ActiveGroup> {
  readonly #thresholds: HealthThresholds;
  readonly #notices: Notices | undefined;
  readonly #entries = new Map<number, Entry<Group>>();
  readonly #wheel = new CheckWheel();
  readonly #counts: Counts = { healthy: 0, aging: 0, stale: 0, overdue: 0 };
  #latest = Number.NEGATIVE_INFINITY;

  constructor(thresholds: HealthThresholds, notices?: Notices) {
    this.#thresholds = thresholds;
    this.#notices = notices;
  }

  /** Adds or moves a session. A new one makes no notices: it has not changed. */
  set(pk: number, change: ActivityChange, now: number): void {
    this.#noticeRewind(now);
    const entry = this.#entries.get(pk);
    if (!entry) {
      this.#add(pk, change, now);
      return;
    }
    const { idleSince, deadlineAt, lastActivityAt } = change;
    this.#noticeGap(entry, change.lastHeartbeatAt ?? Number.NaN);
    // It may have aged since the last look, and is back already.
    if (lastActivityAt > entry.idleSince + this.#thresholds.agingAfterMs) this.#grow(entry, lastActivityAt - 1);
    const isEarlier = idleSince < entry.idleSince || deadlineAt < entry.deadlineAt;
    entry.idleSince = idleSince;
    entry.deadlineAt = deadlineAt;
    if (!isEarlier && entry.bucket === "healthy" && !entry.isOverdue) return;
    this.#wheel.remove(pk, entry.checkAt);
    if (entry.bucket !== "healthy" && lastActivityAt > entry.since) this.#move(entry, "healthy", lastActivityAt);
    this.#reconsider(entry, now);
  }

  /** Takes a session out that stopped being active at `at`; answers what it was counted with. */
  delete(pk: number, at = Number.NEGATIVE_INFINITY): Group | undefined {
    const entry = this.#entries.get(pk);
    if (!entry) return undefined;
    this.#grow(entry, at - 1);
    this.#wheel.remove(pk, entry.checkAt);
    this.#count(entry, -1);
    this.#entries.delete(pk);
    return entry.group;
  }

  has(pk: number): boolean {
    return this.#entries.has(pk);
  }

  /** Counts a session with others from now on; answers what it was counted with before. */
  regroup(pk: number, group: Group): Group | undefined {
    const entry = this.#entries.get(pk);
    if (!entry) return undefined;
    const { group: former } = entry;
    this.#count(entry, -1);
    entry.group = group;
    this.#count(entry, 1);
    return former;
  }

  /** Those not overdue, as of the last look. */
  get size(): number {
    const { healthy, aging, stale } = this.#counts;
    return healthy + aging + stale;
  }

  /** The exact counts at `now`. */
  countAt(now: number): Readonly<Counts> {
    this.#noticeRewind(now);
    for (const pk of this.#wheel.upTo(now)) {
      const entry = this.#entries.get(pk);
      if (!entry || entry.checkAt > now) continue;
      this.#wheel.remove(pk, entry.checkAt);
      this.#reconsider(entry, now);
    }
    return { ...this.#counts };
  }

  #add(pk: number, { idleSince, deadlineAt, lastHeartbeatAt }: ActivityChange, now: number): void {
    const bucket = healthOf(Math.min(now, deadlineAt - 1) - idleSince, this.#thresholds);
    const beatAt = lastHeartbeatAt ?? Number.NaN;
    const times = { idleSince, deadlineAt, beatAt, since: now, checkAt: 0 };
    const entry: Entry<Group> = { pk, group: undefined, ...times, bucket, isOverdue: false };
    this.#entries.set(pk, entry);
    this.#count(entry, 1);
    this.#reconsider(entry, now);
  }

  /** The wheel only turns forward: after the clock was set back every session is looked at again, once. */
  #noticeRewind(now: number): void {
    if (now < this.#latest) {
      for (const entry of this.#entries.values()) {
        this.#wheel.remove(entry.pk, entry.checkAt);
        entry.since = Math.min(entry.since, now);
        this.#reconsider(entry, now);
      }
    }
    this.#latest = now;
  }

  #noticeGap(entry: Entry<Group>, beatAt: number): void {
    const silentMs = beatAt - entry.beatAt;
    entry.beatAt = beatAt;
    if (silentMs > HEARTBEAT_GAP_MS)
      this.#notices?.add({ pk: entry.pk, type: "heartbeat_gap", at: beatAt, data: { silentMs } });
  }

  /** Brings an entry that is off the wheel up to `now`, and puts it back. */
  #reconsider(entry: Entry<Group>, now: number): void {
    this.#count(entry, -1);
    entry.isOverdue = entry.deadlineAt <= now;
    this.#count(entry, 1);
    // What was learned too late for its own time counts from now on.
    const bucket = healthOf(now - entry.idleSince, this.#thresholds);
    if (!entry.isOverdue && isYounger(bucket, entry.bucket)) this.#move(entry, bucket, now);
    this.#grow(entry, now);
    if (entry.isOverdue) return;
    entry.checkAt = Math.min(entry.deadlineAt, this.#leavesAt(entry));
    this.#wheel.add(entry.pk, entry.checkAt);
  }

  /** Lets an entry age up to `until`, or to its end. */
  #grow(entry: Entry<Group>, until: number): void {
    const last = Math.min(until, entry.deadlineAt - 1);
    for (let at = this.#leavesAt(entry); at <= last; at = this.#leavesAt(entry)) {
      this.#move(entry, entry.bucket === "healthy" ? "aging" : "stale", Math.max(at, entry.since));
    }
  }

  #move(entry: Entry<Group>, to: SessionHealth, at: number): void {
    this.#notices?.add({ pk: entry.pk, type: "health_changed", at, data: { from: entry.bucket, to } });
    this.#count(entry, -1);
    entry.bucket = to;
    entry.since = at;
    this.#count(entry, 1);
  }

  #count(entry: Entry<Group>, by: 1 | -1): void {
    this.#counts[entry.isOverdue ? "overdue" : entry.bucket] += by;
    if (entry.group && !entry.isOverdue) entry.group.active += by;
  }

  /** When its bucket ends: idle time reaches one threshold, and exceeds the other by a millisecond. */
  #leavesAt({ idleSince, bucket }: Entry<Group>): number {
    if (bucket === "stale") return Number.POSITIVE_INFINITY;
    return idleSince + (bucket === "healthy" ? this.#thresholds.agingAfterMs : this.#thresholds.staleAfterMs + 1);
  }
}

const RANK: Record<SessionHealth, number> = { healthy: 0, aging: 1, stale: 2 };

function isYounger(one: SessionHealth, other: SessionHealth): boolean {
  return RANK[one] < RANK[other];
}
