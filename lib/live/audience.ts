import { composeMessages, type FeedItem, type LiveFilter, type Message } from "./feed-item";
import type { Timers } from "./live-source";
import type { Seat } from "./seat";

/** Viewers that get a message before everything else in the process has its turn. */
const SLICE = 250;

interface Row {
  filter: LiveFilter;
  seats: Set<Seat>;
}

/** All viewers. Those with the same filter sit in one row and share every message. */
export class Audience {
  readonly #timers: Timers;
  readonly #seats = new Set<Seat>();
  readonly #arriving = new Set<Seat>();
  readonly #rows = new Map<string, Row>();

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  get size(): number {
    return this.#seats.size;
  }

  /** Those that have to be told something before they get what is new. */
  get arriving(): readonly Seat[] {
    return [...this.#arriving];
  }

  add(seat: Seat): void {
    this.#seats.add(seat);
    this.#arriving.add(seat);
  }

  remove(seat: Seat): void {
    this.#seats.delete(seat);
    this.#arriving.delete(seat);
    this.#standUp(seat);
  }

  /** It stays where it is until its turn comes. */
  announce(seat: Seat): void {
    if (this.#seats.has(seat)) this.#arriving.add(seat);
  }

  /** It gets nothing until it is seated again. */
  standUp(seat: Seat): void {
    this.#standUp(seat);
  }

  /** It gets everything from here on. */
  seat(seat: Seat, filter: LiveFilter): void {
    this.#standUp(seat);
    if (!this.#seats.has(seat)) return;
    this.#arriving.delete(seat);
    seat.arrival = null;
    seat.filter = filter;
    const key = keyOf(filter);
    const row = this.#rows.get(key) ?? { filter, seats: new Set() };
    this.#rows.set(key, row);
    row.seats.add(seat);
  }

  async broadcast(items: readonly FeedItem[]): Promise<void> {
    let delivered = 0;
    for (const { filter, seats } of [...this.#rows.values()]) {
      const own = items.filter((item) => item.matches(filter));
      if (own.length === 0) continue;
      delivered = await this.deliverAll(seats, composeMessages(own), delivered);
    }
  }

  /** To those that are seated; others get their turn after each slice of them. Answers how many it has been, with `before`. */
  async deliverAll(seats: Iterable<Seat>, messages: readonly Message[], before = 0): Promise<number> {
    let delivered = before;
    for (const seat of seats) {
      for (const { bytes } of messages) if (this.#isSeated(seat)) this.#deliver(seat, bytes);
      delivered += 1;
      if (delivered % SLICE === 0) await this.#timers.pause();
    }
    return delivered;
  }

  /** What it cannot take it has missed. What it has asked for meanwhile it still gets. */
  #deliver(seat: Seat, message: Buffer): void {
    if (seat.deliver(message)) return;
    this.#standUp(seat);
    if (seat.arrival) seat.arrival.isTooSlow = seat.arrival.since === null;
    else seat.arrival = { filter: seat.filter, since: null, isGreeted: true, isTooSlow: true };
    this.announce(seat);
  }

  #isSeated(seat: Seat): boolean {
    return this.#rows.get(keyOf(seat.filter))?.seats.has(seat) === true;
  }

  #standUp(seat: Seat): void {
    const key = keyOf(seat.filter);
    const row = this.#rows.get(key);
    row?.seats.delete(seat);
    if (row?.seats.size === 0) this.#rows.delete(key);
  }
}

export function keyOf({ server, session }: LiveFilter): string {
  return JSON.stringify([server, session]);
}
