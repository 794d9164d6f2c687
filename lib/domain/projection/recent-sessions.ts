/**
 * The sessions with the latest activity, kept exact under activity that only moves forward: whoever falls out can be
 * overtaken but never undercut.
 */
export class RecentSessions {
  readonly #capacity: number;
  readonly #times = new Map<number, number>();
  #floor = Number.NEGATIVE_INFINITY;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  touch(pk: number, lastActivityAt: number): void {
    if (this.#times.has(pk)) {
      this.#times.set(pk, lastActivityAt);
      return;
    }
    if (this.#times.size < this.#capacity) {
      this.#times.set(pk, lastActivityAt);
      return;
    }
    // The floor is a lower bound: it saves the search for most sessions that are too old to enter.
    if (lastActivityAt <= this.#floor) return;
    const [oldestPk, oldestAt] = this.#oldest();
    this.#floor = oldestAt;
    if (lastActivityAt <= oldestAt) return;
    this.#times.delete(oldestPk);
    this.#times.set(pk, lastActivityAt);
  }

  delete(pk: number): void {
    // An older session may take the place: the floor no longer holds.
    if (this.#times.delete(pk)) this.#floor = Number.NEGATIVE_INFINITY;
  }

  /** Keys of up to `count` sessions, latest activity first, later keys first among equals. */
  latest(count: number): number[] {
    return [...this.#times]
      .sort(([pkA, atA], [pkB, atB]) => atB - atA || pkB - pkA)
      .slice(0, count)
      .map(([pk]) => pk);
  }

  #oldest(): [number, number] {
    let oldest: [number, number] = [Number.NaN, Number.POSITIVE_INFINITY];
    for (const entry of this.#times) if (entry[1] < oldest[1]) oldest = entry;
    return oldest;
  }
}
