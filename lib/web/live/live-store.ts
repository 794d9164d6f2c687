import { partialMatchKey, type Query, type QueryClient } from "@tanstack/react-query";
import { queryKeys } from "../query-keys";
import { registryNow } from "../registry-clock";
import { sessionListKeys } from "../sessions/session-list-cache";
import { watchPageVisibility } from "../use-page-visible";
import { FrameQueue } from "./frame-queue";
import { LiveConnection, type LivePhase } from "./live-connection";
import { patchCache } from "./patch-cache";
import { Refresher } from "./refresher";
import { WatchedSessions } from "./watched-sessions";

/** What components may say of the feed. Times are epoch milliseconds of the browser's clock. */
export interface LiveSnapshot {
  phase: LivePhase;
  /** When the next attempt to connect is due. */
  retryAt: number | null;
  /** When something arrived last, to the second. */
  heardAt: number | null;
  /** Since when nothing arrives; null before the first attempt has failed. */
  lostAt: number | null;
  /** Since when the screen stands still; null while it moves. */
  pausedAt: number | null;
  /** Things that have happened since. */
  waiting: number;
}

/** How long after one reading of everything the next may follow while frames cannot be read. */
const UNREAD_GAP_MS = 1_000;

/** What the feed is where there is none. */
export const NO_FEED: LiveSnapshot = {
  ...{ phase: "off", retryAt: null, heardAt: null, lostAt: null, pausedAt: null, waiting: 0 },
};

/** What it is on the server, and until the page has come to life. */
const NOT_YET: LiveSnapshot = { ...NO_FEED, phase: "connecting" };

/** Keeps a tab's query cache where the registry is: connection → frames → cache, with a pause in between. */
export class LiveStore {
  readonly #queryClient: QueryClient;
  readonly #connection: LiveConnection;
  readonly #queue: FrameQueue;
  readonly #refresher: Refresher;
  readonly #watched: WatchedSessions;
  readonly #positions = new Map<string, number>();
  readonly #listeners = new Set<() => void>();
  #snapshot = NOT_YET;
  #hasBeenLive = false;

  constructor(queryClient: QueryClient) {
    this.#queryClient = queryClient;
    this.#refresher = new Refresher(queryClient);
    this.#queue = new FrameQueue({
      onFlush: (frames) => {
        patchCache({ queryClient, refresher: this.#refresher, positions: this.#positions }, frames);
      },
      onOverflow: () => {
        this.#readAnew();
      },
    });
    this.#connection = new LiveConnection({
      onFrames: (frames) => {
        this.#queue.push(frames);
      },
      onGreeted: () => {
        this.#catchUp();
      },
      onMissed: () => {
        this.#forget();
        this.#readAnew();
      },
      onGone: () => {
        // Polls would find out seconds later whether it is only the feed.
        this.#readAnew(isFed);
      },
      onUnread: () => {
        this.#readAnewSoon();
      },
      onChange: () => {
        this.#publish();
      },
    });
    this.#watched = new WatchedSessions((ids) => {
      this.#connection.watch(ids);
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  readonly snapshot = (): LiveSnapshot => this.#snapshot;

  readonly firstSnapshot = (): LiveSnapshot => NOT_YET;

  readonly watch = (ids: readonly string[]): (() => void) => this.#watched.add(ids);

  readonly pause = (): void => {
    if (this.#snapshot.pausedAt !== null) return;
    this.#queue.hold();
    this.#refresher.clear();
    this.#publish({ pausedAt: Date.now() });
  };

  /** Lets through what has waited, and has read what frames do not tell. */
  readonly resume = (): void => {
    if (this.#snapshot.pausedAt === null) return;
    this.#publish({ pausedAt: null });
    this.#queue.release();
    this.#publish();
    this.#readAnew();
  };

  /** Opens the feed; answers how to close it. */
  readonly start = (): (() => void) => {
    const onShownOrHidden = () => {
      this.#queue.flush();
      if (document.visibilityState === "visible") this.#connection.nudge();
    };
    const onOnline = () => {
      this.#connection.nudge();
    };
    const stopWatching = watchPageVisibility(onShownOrHidden);
    window.addEventListener("online", onOnline);
    this.#connection.open();
    return () => {
      stopWatching();
      window.removeEventListener("online", onOnline);
      this.#connection.close();
      this.#queue.clear();
      this.#refresher.clear();
      this.#watched.close();
    };
  };

  /** Frames that waited are older than what is read now; positions of another log mean nothing. */
  #forget(): void {
    this.#queue.clear();
    this.#positions.clear();
  }

  #catchUp(): void {
    this.#positions.clear();
    this.#readAnew(this.#hasBeenLive ? () => true : isFed);
    this.#hasBeenLive = true;
  }

  /** Everything on screen, and the rest when it is shown; after a pause if there is one. */
  #readAnew(predicate: (query: Query) => boolean = () => true): void {
    if (this.#snapshot.pausedAt !== null) return;
    const isAffected = (query: Query) => isTold(query) && predicate(query);
    void this.#queryClient.invalidateQueries({ predicate: isAffected });
    this.#countAnew();
  }

  /** At once, and for all that comes too soon after it once more: a burst must not have everything read time and again. */
  #readAnewSoon(): void {
    // Frames that wait are older than what is read now.
    this.#queue.flush();
    if (this.#snapshot.pausedAt !== null) return;
    for (const queryKey of TOLD) this.#refresher.refresh({ queryKey, gapMs: UNREAD_GAP_MS });
    this.#countAnew();
  }

  /** The registry shares counts for some seconds: the first answer may be from before what was missed. */
  #countAnew(): void {
    const newerThan = new Date(registryNow()).toISOString();
    this.#refresher.refresh({ queryKey: sessionListKeys.allFacets(), gapMs: UNREAD_GAP_MS, newerThan });
  }

  #publish(change: Partial<LiveSnapshot> = {}): void {
    const { phase, retryAt, heardAt, lostAt } = this.#connection;
    const next: LiveSnapshot = {
      ...{ phase, retryAt, lostAt, heardAt: heardAt && Math.floor(heardAt / 1_000) * 1_000 },
      ...{ pausedAt: this.#snapshot.pausedAt, waiting: this.#queue.waiting },
      ...change,
    };
    if (isSame(next, this.#snapshot)) return;
    this.#snapshot = next;
    for (const listener of this.#listeners) listener();
  }
}

/** Of lists all but the rows, which must not move under the pointer, and the counts, which are asked for until they are new. */
const TOLD = [queryKeys.all(), queryKeys.allInstances(), sessionListKeys.allHeads()];

function isTold({ queryKey }: Query): boolean {
  return TOLD.some((told) => partialMatchKey(queryKey, told));
}

function isFed({ meta }: Query): boolean {
  return meta?.["isFed"] === true;
}

function isSame(a: LiveSnapshot, b: LiveSnapshot): boolean {
  return (
    a.phase === b.phase &&
    a.retryAt === b.retryAt &&
    a.heardAt === b.heardAt &&
    a.lostAt === b.lostAt &&
    a.pausedAt === b.pausedAt &&
    a.waiting === b.waiting
  );
}
