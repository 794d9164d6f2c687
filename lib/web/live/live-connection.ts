import { LIVE_PATH, type SingleFrame } from "@/lib/contract/live";
import { readFrames, type ReceivedFrame } from "./read-frames";
import { reconnectDelay } from "./reconnect-delay";

/** After so much silence the registry is asked whether it is still there; after as much again it is not. */
const SILENCE_MS = 5_000;
/** So long a connection may take to be greeted, and has to last to count as a good one. */
const GREETING_MS = 10_000;
/** A feed that was good, and could not be opened again: whatever has become of the registry, a page should know. */
const FAILURES_OF_GONE = 2;
/** Codes of 4000 and above are an application's own. */
const NOT_AS_AGREED = 4_000;

export type LivePhase = "off" | "connecting" | "live" | "waiting";

export interface LiveListener {
  onFrames: (frames: readonly SingleFrame[]) => void;
  /** From here on everything is told; what was read before may be behind. */
  onGreeted: () => void;
  /** Something was missed that will not be told. */
  onMissed: () => void;
  /** It was lost, and the first attempt to come back has failed. */
  onGone: () => void;
  /** Something was told that this page is too old to read. */
  onUnread: () => void;
  /** `phase` or what goes with it has changed. */
  onChange: () => void;
}

/** The one connection of a tab to the feed: kept up, resumed where it broke, and never believed while it is silent. */
export class LiveConnection {
  phase: LivePhase = "off";
  /** When the next attempt is due, epoch milliseconds. */
  retryAt: number | null = null;
  /** When something arrived last. */
  heardAt: number | null = null;
  /** Since when nothing arrives; null before the first attempt has failed. */
  lostAt: number | null = null;
  readonly #listener: LiveListener;
  #socket: WebSocket | null = null;
  #position: number | null = null;
  #watched: readonly string[] = [];
  #failures = 0;
  #openedAt = 0;
  #askedAt: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(listener: LiveListener) {
    this.#listener = listener;
  }

  open(): void {
    if (this.#socket) return;
    clearTimeout(this.#timer);
    this.#openedAt = Date.now();
    this.#askedAt = null;
    const socket = new WebSocket(addressOf(this.#position));
    this.#socket = socket;
    socket.onopen = () => {
      if (this.#watched.length > 0) this.#send({ watch: this.#watched });
    };
    socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      this.#receive(data);
    };
    socket.onclose = () => {
      this.#lose();
    };
    this.#timer = setTimeout(() => {
      this.#lose();
    }, GREETING_MS);
    this.#setPhase("connecting");
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#letGo(1_000);
    this.#setPhase("off");
  }

  /** Something may have changed for the better: tries at once, or asks whether what is open still works. */
  nudge(): void {
    if (this.phase === "waiting") this.open();
    else if (this.phase === "live") this.#check();
  }

  watch(ids: readonly string[]): void {
    this.#watched = ids;
    if (this.#socket?.readyState === WebSocket.OPEN) this.#send({ watch: ids });
  }

  #send(subscription: { watch: readonly string[]; since?: number | null }): void {
    this.#socket?.send(JSON.stringify({ type: "subscribe", ...subscription }));
  }

  #receive(data: unknown): void {
    const received = readFrames(data);
    if (received === null) {
      // Whatever it was, it must not be sent again.
      this.#position = null;
      this.#lose(NOT_AS_AGREED);
      return;
    }
    this.heardAt = Date.now();
    this.#askedAt = null;
    const told = received.filter((each) => this.#follow(each));
    const news = told.flatMap(({ frame }) => frame ?? []);
    if (news.length > 0) this.#listener.onFrames(news);
    if (told.some(({ frame, isKnownType }) => frame === null && isKnownType)) this.#listener.onUnread();
    this.#listener.onChange();
  }

  /** Takes note of a frame's position, also of one that cannot be read; answers whether it tells something of the registry. */
  #follow({ type, seq }: ReceivedFrame): boolean {
    if (type === "hello") {
      this.#position ??= seq;
      if (this.phase !== "live") this.#beginLife();
      return false;
    }
    if (type === "resync") {
      this.#position = seq;
      this.#listener.onMissed();
      return false;
    }
    if (seq !== null) this.#position = Math.max(seq, this.#position ?? 0);
    return true;
  }

  #beginLife(): void {
    this.#setPhase("live");
    this.#checkLater();
    this.#listener.onGreeted();
  }

  #checkLater(): void {
    clearTimeout(this.#timer);
    const dueAt = (this.#askedAt ?? this.heardAt ?? 0) + SILENCE_MS;
    // A clock that was set back must not put it off for longer.
    const delayMs = Math.min(SILENCE_MS, Math.max(0, dueAt - Date.now()));
    this.#timer = setTimeout(() => {
      this.#check();
    }, delayMs);
  }

  /** An open connection proves nothing: a subscription that changes nothing is answered by a registry that is there. */
  #check(): void {
    const now = Date.now();
    if (this.#askedAt !== null && now - this.#askedAt >= SILENCE_MS) {
      this.#lose();
      return;
    }
    if (this.#askedAt === null && now - (this.heardAt ?? 0) >= SILENCE_MS) {
      this.#askedAt = now;
      this.#send({ watch: this.#watched, since: this.#position });
    }
    this.#checkLater();
  }

  #lose(code = 1_000): void {
    clearTimeout(this.#timer);
    const now = Date.now();
    const wasGood = this.phase === "live" && now - this.#openedAt >= GREETING_MS;
    this.#failures = wasGood ? 1 : this.#failures + 1;
    if (this.phase === "live" || this.lostAt === null) this.lostAt = now;
    this.#letGo(code);
    const delayMs = reconnectDelay(this.#failures, Math.random());
    this.retryAt = now + delayMs;
    this.#timer = setTimeout(() => {
      this.open();
    }, delayMs);
    this.#setPhase("waiting");
    if (this.#failures === FAILURES_OF_GONE) this.#listener.onGone();
  }

  #letGo(code: number): void {
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onmessage = null;
    socket.onclose = null;
    // Browsers complain aloud about a connection that is closed before it is open.
    if (socket.readyState === WebSocket.OPEN) socket.close(code);
    else {
      socket.onopen = () => {
        socket.close(code);
      };
    }
  }

  #setPhase(phase: LivePhase): void {
    this.phase = phase;
    if (phase !== "waiting") this.retryAt = null;
    this.#listener.onChange();
  }
}

function addressOf(position: number | null): string {
  const url = new URL(LIVE_PATH, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  if (position !== null) url.searchParams.set("since", String(position));
  return url.href;
}
