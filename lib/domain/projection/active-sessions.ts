import { healthOf, type HealthThresholds, type SessionHealth } from "../health";
import type { ActivityChange } from "../events";

interface Entry {
  idleSince: number;
  deadlineAt: number;
  /** Bucket counted at the last look; `overdue` once the deadline has passed. */
  counted: SessionHealth | "overdue";
  /** Lower bound of the moment at which `counted` stops being true. */
  checkAt: number;
}

type Counts = Record<SessionHealth | "overdue", number>;
const BIN_MS = 1_000;

/**
 * Counts open sessions by age without ever scanning them. A heartbeat only moves two numbers of its session; a wheel of
 * one-second bins looks again at a session when its count could have become wrong, so each one costs a look per bucket
 * it grows into, not one per heartbeat.
 */
export class ActiveSessions {
  readonly #thresholds: HealthThresholds;
  readonly #entries = new Map<number, Entry>();
  readonly #bins = new Map<number, Set<number>>();
  readonly #counts: Counts = { healthy: 0, aging: 0, stale: 0, overdue: 0 };
  #firstBin = Number.POSITIVE_INFINITY;
  #latest = Number.NEGATIVE_INFINITY;

  constructor(thresholds: HealthThresholds) {
    this.#thresholds = thresholds;
  }

  /** Adds or moves a session. */
  set(pk: number, { idleSince, deadlineAt }: ActivityChange, now: number): void {
    this.#noticeRewind(now);
    const entry = this.#entries.get(pk);
    if (!entry) {
      const fresh: Entry = { idleSince, deadlineAt, counted: "healthy", checkAt: 0 };
      this.#entries.set(pk, fresh);
      this.#counts.healthy += 1;
      this.#recount(pk, fresh, now);
      return;
    }
    const earlier = idleSince < entry.idleSince || deadlineAt < entry.deadlineAt;
    entry.idleSince = idleSince;
    entry.deadlineAt = deadlineAt;
    if (!earlier && entry.counted === "healthy") return;
    this.#unbin(pk, entry);
    this.#recount(pk, entry, now);
  }

  delete(pk: number): void {
    const entry = this.#entries.get(pk);
    if (!entry) return;
    this.#unbin(pk, entry);
    this.#counts[entry.counted] -= 1;
    this.#entries.delete(pk);
  }

  /** The exact counts at `now`. */
  countAt(now: number): Readonly<Counts> {
    this.#noticeRewind(now);
    this.#advance(now);
    return { ...this.#counts };
  }

  /** The wheel only turns forward: after the clock was set back every session is looked at again, once. */
  #noticeRewind(now: number): void {
    if (now < this.#latest) {
      for (const [pk, entry] of this.#entries) {
        this.#unbin(pk, entry);
        this.#recount(pk, entry, now);
      }
    }
    this.#latest = now;
  }

  #advance(now: number): void {
    const lastBin = Math.floor(now / BIN_MS);
    if (lastBin < this.#firstBin) return;
    for (const bin of this.#binsUpTo(lastBin)) this.#settle(bin, now);
    this.#firstBin = lastBin;
  }

  #binsUpTo(lastBin: number): number[] {
    // After a long silence there are fewer bins than seconds to walk.
    if (lastBin - this.#firstBin > this.#bins.size) {
      return [...this.#bins.keys()].filter((bin) => bin <= lastBin);
    }
    const due: number[] = [];
    for (let bin = this.#firstBin; bin <= lastBin; bin += 1) if (this.#bins.has(bin)) due.push(bin);
    return due;
  }

  #settle(bin: number, now: number): void {
    for (const pk of [...(this.#bins.get(bin) ?? [])]) {
      const entry = this.#entries.get(pk);
      if (!entry || entry.checkAt > now) continue;
      this.#unbin(pk, entry);
      this.#recount(pk, entry, now);
    }
  }

  #recount(pk: number, entry: Entry, now: number): void {
    const { agingAfterMs, staleAfterMs } = this.#thresholds;
    const counted = entry.deadlineAt <= now ? "overdue" : healthOf(now - entry.idleSince, this.#thresholds);
    this.#counts[entry.counted] -= 1;
    this.#counts[counted] += 1;
    entry.counted = counted;
    if (counted === "overdue") return;
    // A bucket ends when idle time reaches (aging) or exceeds (stale) its threshold, hence the extra millisecond.
    const bucketEnd = {
      healthy: entry.idleSince + agingAfterMs,
      aging: entry.idleSince + staleAfterMs + 1,
      stale: Infinity,
    };
    entry.checkAt = Math.min(entry.deadlineAt, bucketEnd[counted]);
    this.#bin(pk, entry);
  }

  #bin(pk: number, entry: Entry): void {
    const bin = Math.floor(entry.checkAt / BIN_MS);
    const members = this.#bins.get(bin);
    if (members) members.add(pk);
    else this.#bins.set(bin, new Set([pk]));
    this.#firstBin = Math.min(this.#firstBin, bin);
  }

  #unbin(pk: number, entry: Entry): void {
    const bin = Math.floor(entry.checkAt / BIN_MS);
    const members = this.#bins.get(bin);
    if (members?.delete(pk) && members.size === 0) this.#bins.delete(bin);
  }
}
