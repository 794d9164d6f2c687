import { composeMessage, type FeedItem, type LiveFilter } from "./feed-item";
import type { Viewer } from "./live-source";

/** Unsent bytes beyond which a viewer gets nothing more until it has caught up, and beyond which it is cut off. */
export const SLOW_BYTES = 256 * 1024;
export const HOPELESS_BYTES = 1024 * 1024;

export interface Subscription extends LiveFilter {
  /** The last position seen; null: from now on. */
  since: number | null;
  watch: readonly string[];
}

/** What a viewer has to be told before it gets what is new. */
export interface Arrival {
  filter: LiveFilter;
  /** Where it wants to go on; null: wherever the feed is. */
  since: number | null;
  /** Whether it knows already what it has subscribed to. */
  isGreeted: boolean;
  /** It has missed something because it was too slow. */
  isTooSlow: boolean;
}

/** Viewers with the same sessions on screen: they share every message. */
export interface WatchGroup {
  ids: ReadonlySet<string>;
  seats: Set<Seat>;
}

/** A viewer's place in the feed. */
export class Seat {
  readonly viewer: Viewer;
  filter: LiveFilter;
  /** With whom it shares what it has on screen. */
  watched: WatchGroup | null = null;
  /** Null once it gets what is new, as soon as it is. */
  arrival: Arrival | null;

  constructor(viewer: Viewer, { server, session, since }: Subscription) {
    this.viewer = viewer;
    this.filter = { server, session };
    this.arrival = { filter: this.filter, since, isGreeted: false, isTooSlow: false };
  }

  /** Answers whether it was taken; a viewer that reads too slowly gets nothing, or is cut off. */
  deliver(message: Buffer): boolean {
    const buffered = this.viewer.bufferedBytes();
    if (buffered > HOPELESS_BYTES) this.viewer.drop();
    if (buffered > SLOW_BYTES) return false;
    this.viewer.send(message);
    return true;
  }

  send(...items: FeedItem[]): void {
    this.viewer.send(composeMessage(items));
  }

  /** Whether it may be told something long, or after it was too slow: anything at all. */
  hasRoom(): boolean {
    const buffered = this.viewer.bufferedBytes();
    if (buffered > HOPELESS_BYTES) this.viewer.drop();
    return this.arrival?.isTooSlow === true ? buffered === 0 : buffered <= SLOW_BYTES;
  }
}
