import type { SingleFrame } from "@/lib/contract/live";
import type { Session } from "@/lib/contract/session";
import type { SessionChange } from "@/lib/domain/events";
import { admitViewers } from "./admit-viewers";
import { Audience, keyOf } from "./audience";
import { FeedItem, splitItems } from "./feed-item";
import { partsOfLog, pksOf } from "./items-of-log";
import type { FeedLog, LiveSource, Timers, Viewer } from "./live-source";
import { Seat, type Subscription, type WatchGroup } from "./seat";
import { WatchList } from "./watch-list";

/** Least time from one round to the next: what happens meanwhile goes out together. */
const ROUND_MS = 100;
/** How often activity and figures are told, at most. */
const BEAT_MS = 1_000;
/** Entries that are read and sent at once. */
const PAGE = 250;

export interface LiveFeedOptions {
  source: LiveSource;
  timers: Timers;
  log: FeedLog;
}

/**
 * Tells viewers what happens, from the log. Everything is sent in rounds, one after the other, so that every viewer
 * has a position: it has been told all up to there, and nothing beyond. Nothing is read while nobody looks on.
 */
export class LiveFeed {
  readonly #source: LiveSource;
  readonly #timers: Timers;
  readonly #log: FeedLog;
  readonly #audience: Audience;
  readonly #watched = new WatchList();
  /** How far the log has been told; null while nobody looks on. */
  #position: number | null = null;
  #instances = new Set<string>();
  #haveFiguresChanged = false;
  #figures = "";
  #isDue = false;
  /** The log goes on beyond what has been read of it. */
  #hasMore = false;
  #isBusy = false;
  #isBeat = false;
  #stopBeat: (() => void) | null = null;
  #isClosed = false;
  #isFailing = false;

  constructor({ source, timers, log }: LiveFeedOptions) {
    this.#source = source;
    this.#timers = timers;
    this.#log = log;
    this.#audience = new Audience(timers);
  }

  get viewers(): number {
    return this.#audience.size;
  }

  join(viewer: Viewer, subscription: Subscription): Seat {
    const seat = new Seat(viewer, subscription);
    this.#audience.add(seat);
    this.#watched.set(seat, subscription.watch);
    this.#haveFiguresChanged = true;
    this.#scheduleBeat();
    this.wake();
    return seat;
  }

  /** What a viewer wants from now on. Another choice of watched sessions alone needs no answer. */
  change(seat: Seat, { server, session, since, watch }: Subscription): void {
    this.#watched.set(seat, watch);
    const filter = { server, session };
    if (since === null && keyOf(filter) === keyOf(seat.arrival?.filter ?? seat.filter)) return;
    const isTooSlow = seat.arrival?.isTooSlow === true;
    seat.arrival = { filter, since, isGreeted: false, isTooSlow };
    this.#audience.announce(seat);
    this.wake();
  }

  leave(seat: Seat): void {
    this.#audience.remove(seat);
    this.#watched.set(seat, []);
    seat.arrival = null;
    if (this.#audience.size > 0) return;
    this.#stopBeat?.();
    this.#stopBeat = null;
    if (!this.#isBusy) this.#position = null;
  }

  /** The log may have grown, or something else may have to be told. */
  wake(): void {
    if (this.#isClosed || this.#audience.size === 0) return;
    this.#isDue = true;
    if (!this.#isBusy) this.#start();
  }

  onChanges(changes: readonly SessionChange[]): void {
    if (this.#audience.size === 0) return;
    this.#haveFiguresChanged = true;
    for (const change of changes) if (change.type === "touched") this.#watched.touch(change.pk);
  }

  onInstance(id: string): void {
    if (this.#audience.size === 0) return;
    this.#instances.add(id);
    this.wake();
  }

  close(): void {
    this.#isClosed = true;
    this.#stopBeat?.();
  }

  #start(): void {
    this.#isBusy = true;
    void this.#timers.pause().then(() => this.#run());
  }

  async #run(): Promise<void> {
    this.#isDue = false;
    try {
      await this.#round();
      if (this.#isFailing) this.#log.info({}, "the live feed works again");
      this.#isFailing = false;
    } catch (error) {
      this.#isDue = true;
      if (!this.#isFailing && !this.#isClosed) this.#log.warn({ err: error }, "the live feed failed; trying again");
      this.#isFailing = true;
    }
    this.#timers.after(this.#restMs(), () => {
      this.#isBusy = false;
      if (this.#audience.size === 0) this.#position = null;
      if (this.#isDue) this.wake();
    });
  }

  #restMs(): number {
    if (this.#isFailing) return BEAT_MS;
    return this.#hasMore ? 0 : ROUND_MS;
  }

  async #round(): Promise<void> {
    const isBeat = this.#isBeat;
    const position = await this.#tell(isBeat);
    const { more } = await admitViewers({
      ...{ source: this.#source, timers: this.#timers, audience: this.#audience },
      position,
    });
    if (isBeat) {
      await this.#tellActivity(position);
      // Only now: a beat that failed is due again.
      this.#isBeat = false;
      this.#scheduleBeat();
    }
    if (more || this.#hasMore) this.#isDue = true;
  }

  /** Sends what is new to all; answers how far the log has been told with that. */
  async #tell(isBeat: boolean): Promise<number> {
    const before = this.#position ?? (await this.#source.readPosition());
    const query = { after: before, upTo: null, limit: PAGE, server: null, sessionId: null };
    const entries = await this.#source.readLog(query);
    // Before they are read: what they do meanwhile is told with the next beat.
    for (const entry of entries) this.#watched.hearOf(entry);
    const sessions = await this.#source.readSessions(pksOf(entries));
    const seq = entries.at(-1)?.seq ?? before;
    const others = await this.#readOthers(seq, isBeat);
    // From here on nothing can fail: what counts as told is told.
    this.#position = seq;
    const parts = partsOfLog(entries, sessions).map(({ items }) => items);
    await this.#audience.broadcast([...parts, ...splitItems(others)]);
    this.#hasMore = entries.length === PAGE;
    return seq;
  }

  /** What is not in the log. If any of it cannot be read, all of it is due again. */
  async #readOthers(seq: number, isBeat: boolean): Promise<FeedItem[]> {
    const ids = this.#instances;
    this.#instances = new Set();
    try {
      const instances = await Promise.all([...ids].map((id) => this.#readInstance(id, seq)));
      return [...instances.flat(), ...(isBeat ? await this.#readFigures(seq) : [])];
    } catch (error) {
      for (const id of ids) this.#instances.add(id);
      throw error;
    }
  }

  async #readInstance(id: string, seq: number): Promise<FeedItem[]> {
    const instance = await this.#source.readInstance(id);
    if (!instance) return [];
    const frame: SingleFrame = { type: "instance_updated", ...this.#now(seq), instance };
    return [new FeedItem(frame, { server: instance.server, sessionId: null })];
  }

  async #readFigures(seq: number): Promise<FeedItem[]> {
    const figures = this.#source.healthFingerprint();
    if (!this.#haveFiguresChanged && figures === this.#figures) return [];
    const health = await this.#source.readHealth();
    this.#haveFiguresChanged = false;
    this.#figures = figures;
    return [new FeedItem({ type: "health", ...this.#now(seq), health })];
  }

  /** What watched sessions did without an entry in the log, to those who watch them. */
  async #tellActivity(seq: number): Promise<void> {
    const sessions = await this.#readActive();
    const itemsOf = new Map<WatchGroup, FeedItem[]>();
    for (const session of sessions.values()) {
      const item = new FeedItem({ type: "session_updated", ...this.#now(seq), events: [], session });
      for (const group of this.#watched.groupsOf(session.id)) {
        const items = itemsOf.get(group) ?? [];
        itemsOf.set(group, items);
        items.push(item);
      }
    }
    for (const [{ seats }, items] of itemsOf) await this.#audience.deliver(seats, splitItems(items));
  }

  async #readActive(): Promise<ReadonlyMap<number, Session>> {
    const unknown = this.#watched.takeUnknown();
    const active: number[] = [];
    try {
      if (unknown.length > 0) for (const [id, pk] of await this.#source.findPks(unknown)) this.#watched.learn(id, pk);
      active.push(...this.#watched.takeActive());
      return active.length === 0 ? new Map() : await this.#source.readSessions(active);
    } catch (error) {
      this.#watched.takeBack(unknown, active);
      throw error;
    }
  }

  #scheduleBeat(): void {
    if (this.#isClosed || this.#stopBeat || this.#audience.size === 0) return;
    this.#stopBeat = this.#timers.after(BEAT_MS, () => {
      this.#stopBeat = null;
      this.#isBeat = true;
      this.wake();
    });
  }

  #now(seq: number): { seq: number; at: string } {
    return { seq, at: new Date(this.#source.now()).toISOString() };
  }
}
