import type { Notice } from "../events";

/** What may wait at most: notices are written every quarter of a second, but not while the disk takes no writes. */
const CAPACITY = 1_000_000;
/** Room at the front that is worth giving back. */
const SPARE = 10_000;

/** Notices in the order in which they were made, until they have been written down. */
export class Notices {
  readonly #capacity: number;
  #queue: Notice[] = [];
  #head = 0;
  #lost = 0;

  constructor(capacity = CAPACITY) {
    this.#capacity = capacity;
  }

  add(notice: Notice): void {
    if (this.#queue.length - this.#head < this.#capacity) this.#queue.push(notice);
    else this.#lost += 1;
  }

  /** The oldest ones; they stay until they are dropped. */
  first(limit: number): Notice[] {
    return this.#queue.slice(this.#head, this.#head + limit);
  }

  /** Forgets the oldest ones. */
  drop(count: number): void {
    this.#head = Math.min(this.#head + count, this.#queue.length);
    if (this.#head < SPARE && this.#head < this.#queue.length) return;
    // Once half is spent, what moves was paid for by what went: linear, however many there are.
    if (this.#head * 2 < this.#queue.length) return;
    this.#queue = this.#queue.slice(this.#head);
    this.#head = 0;
  }

  /** How many found no room since this was asked last. */
  takeLost(): number {
    const lost = this.#lost;
    this.#lost = 0;
    return lost;
  }
}
