import type { EndReason } from "../session";
import { DurationHistogram } from "./duration-histogram";

export const MINUTE_MS = 60_000;
/** Seven days, the longest range of the history, and the minute in progress. */
export const KEPT_MINUTES = 7 * 24 * 60 + 1;

/** What happened within one minute. */
export interface Minute {
  started: number;
  /** Sessions that had stopped being active and were taken up again. */
  resumed: number;
  endsByReason: Map<EndReason, number>;
  durations: DurationHistogram;
  /** Of the sessions started in this minute, how many have stopped being active since. */
  startedAndEnded: number;
  /** The most sessions that were active at once, as far as anybody looked: not known of minutes before this start. */
  peak: number;
}

export function minuteOf(at: number): number {
  return Math.floor(at / MINUTE_MS);
}

/** Starts, ends and resumptions per minute over the last seven days; memory is bounded by minutes, not by sessions. */
export class MinuteSeries {
  readonly #minutes = new Map<number, Minute>();

  addStart(at: number, count = 1): void {
    this.#at(at).started += count;
  }

  addEnd(end: { reason: EndReason; createdAt: number; endedAt: number }): void {
    const minute = this.#at(end.endedAt);
    minute.endsByReason.set(end.reason, (minute.endsByReason.get(end.reason) ?? 0) + 1);
    minute.durations.add(Math.max(0, end.endedAt - end.createdAt));
    this.#at(end.createdAt).startedAndEnded += 1;
  }

  addResume(resume: { createdAt: number; at: number }): void {
    this.#at(resume.at).resumed += 1;
    this.#at(resume.createdAt).startedAndEnded -= 1;
  }

  notePeak(at: number, active: number): void {
    const minute = this.#at(at);
    minute.peak = Math.max(minute.peak, active);
  }

  get(minute: number): Minute | undefined {
    return this.#minutes.get(minute);
  }

  /** Every kept minute with its number, in no particular order. */
  entries(): IterableIterator<[number, Minute]> {
    return this.#minutes.entries();
  }

  dropBefore(now: number): void {
    const oldest = minuteOf(now) - KEPT_MINUTES;
    for (const minute of this.#minutes.keys()) if (minute < oldest) this.#minutes.delete(minute);
  }

  #at(at: number): Minute {
    const key = minuteOf(at);
    const known = this.#minutes.get(key);
    if (known) return known;
    const minute: Minute = {
      started: 0,
      resumed: 0,
      endsByReason: new Map(),
      durations: new DurationHistogram(),
      startedAndEnded: 0,
      peak: 0,
    };
    this.#minutes.set(key, minute);
    return minute;
  }
}
