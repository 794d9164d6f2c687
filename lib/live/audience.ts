import { composeMessage, type FeedItem, type LiveFilter } from "./feed-item";
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
  #delivered = 0;

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
    this.standUp(seat);
  }

  /** It stays where it is until its turn comes. */
  announce(seat: Seat): void {
    if (this.#seats.has(seat)) this.#arriving.add(seat);
  }

  /** It gets nothing until it is seated again. */
  standUp(seat: Seat): void {
    const key = keyOf(seat.filter);
    const row = this.#rows.get(key);
    row?.seats.delete(seat);
    if (row?.seats.size === 0) this.#rows.delete(key);
  }

  /** It gets everything from here on. */
  seat(seat: Seat, filter: LiveFilter): void {
    this.standUp(seat);
    if (!this.#seats.has(seat)) return;
    this.#arriving.delete(seat);
    seat.arrival = null;
    seat.filter = filter;
    const key = keyOf(filter);
    const row = this.#rows.get(key) ?? { filter, seats: new Set() };
    this.#rows.set(key, row);
    row.seats.add(seat);
  }

  /** Each part is one message. */
  async broadcast(parts: readonly (readonly FeedItem[])[]): Promise<void> {
    for (const { filter, seats } of [...this.#rows.values()]) {
      const own = parts.map((part) => part.filter((item) => item.matches(filter))).filter(({ length }) => length > 0);
      await this.deliver(seats, own);
    }
  }

  /** To those that are seated. Others get their turn after each slice of them, and viewers theirs to read after each message. */
  async deliver(seats: Iterable<Seat>, parts: readonly (readonly FeedItem[])[]): Promise<void> {
    for (const [index, part] of parts.entries()) {
      if (index > 0) await this.#timers.pause();
      const message = composeMessage(part);
      for (const seat of seats) {
        if (this.#isSeated(seat)) this.#send(seat, message);
        this.#delivered += 1;
        if (this.#delivered % SLICE === 0) await this.#timers.pause();
      }
    }
  }

  /** What it cannot take it has missed. What it has asked for meanwhile it still gets. */
  #send(seat: Seat, message: Buffer): void {
    if (seat.deliver(message)) return;
    this.standUp(seat);
    if (seat.arrival) seat.arrival.isTooSlow = true;
    else seat.arrival = { filter: seat.filter, since: null, isGreeted: true, isTooSlow: true };
    this.announce(seat);
  }

  #isSeated(seat: Seat): boolean {
    return this.#rows.get(keyOf(seat.filter))?.seats.has(seat) === true;
  }
}

export function keyOf({ server, session }: LiveFilter): string {
  return JSON.stringify([server, session]);
}
