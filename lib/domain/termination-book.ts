import type { TerminationJob } from "./termination-job";

export interface BookLimits {
  maxRunning: number;
  /** Plans and jobs altogether. */
  maxJobs: number;
  /** Sessions of all of them together: what bounds the memory they take. */
  maxSessions: number;
}

const LIMITS: BookLimits = { maxRunning: 2, maxJobs: 40, maxSessions: 500_000 };

/** What is known of a job besides its own account. */
export interface BookEntry<Details> {
  readonly job: TerminationJob;
  readonly details: Details;
}

/** Plans and jobs of terminations, in memory and bounded: the oldest that are not running make room. */
export class TerminationBook<Details> {
  readonly #limits: BookLimits;
  readonly #entries = new Map<string, BookEntry<Details>>();
  #onStart: (entry: BookEntry<Details>) => void = () => undefined;

  constructor(limits: Partial<BookLimits> = {}) {
    this.#limits = { ...LIMITS, ...limits };
  }

  add(entry: BookEntry<Details>): void {
    this.#entries.set(entry.job.id, entry);
    for (const { job } of this.#entries.values()) {
      if (!this.#isTooFull()) return;
      if (!job.isRunning && job !== entry.job) this.#entries.delete(job.id);
    }
  }

  find(id: string): BookEntry<Details> | null {
    return this.#entries.get(id) ?? null;
  }

  /** Latest first. */
  list(): BookEntry<Details>[] {
    return [...this.#entries.values()].reverse();
  }

  get isBusy(): boolean {
    return this.#running().length >= this.#limits.maxRunning;
  }

  /** Starts a planned job and tells who carries it out. */
  start(entry: BookEntry<Details>, now: number): void {
    entry.job.start(now);
    if (entry.job.isRunning) this.#onStart(entry);
  }

  /** There is one who carries jobs out. */
  onStart(listener: (entry: BookEntry<Details>) => void): void {
    this.#onStart = listener;
  }

  /** Stops every job between two sessions. */
  stopAll(now: number): void {
    for (const { job } of this.#running()) job.stop("shutdown", now);
  }

  #running(): BookEntry<Details>[] {
    return this.list().filter(({ job }) => job.isRunning);
  }

  #isTooFull(): boolean {
    let sessions = 0;
    for (const { job } of this.#entries.values()) sessions += job.targets.length;
    return this.#entries.size > this.#limits.maxJobs || sessions > this.#limits.maxSessions;
  }
}
