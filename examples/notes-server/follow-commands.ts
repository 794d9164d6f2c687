import { setTimeout as pause } from "node:timers/promises";
import type { Command, DrainState } from "./holdfast-wire";
import { readEventStream } from "./read-event-stream";

/** Longer than Holdfast is ever silent: it sends a comment every 15 s. */
const MAX_SILENCE_MS = 45_000;
const FIRST_DELAY_MS = 250;
const LAST_DELAY_MS = 5_000;

export interface FollowOptions {
  open: (from: { lastEventId: string | undefined; signal: AbortSignal }) => Promise<ReadableStream<Uint8Array>>;
  onCommand: (command: Command) => void;
  onDrain: (drain: DrainState | null) => void;
  signal: AbortSignal;
}

/** Keeps the stream of commands open until the signal. Without it commands come with the heartbeat's reply, only later. */
export async function followCommands({ open, onCommand, onDrain, signal }: FollowOptions): Promise<void> {
  let lastEventId: string | undefined;
  let delayMs = FIRST_DELAY_MS;
  while (!signal.aborted) {
    const watchdog = new Watchdog(signal);
    try {
      const stream = await open({ lastEventId, signal: watchdog.signal });
      delayMs = FIRST_DELAY_MS;
      for await (const { id, event, data } of readEventStream(watchdog.watch(stream))) {
        if (event === "command") onCommand(JSON.parse(data) as Command);
        if (event === "drain") onDrain(JSON.parse(data) as DrainState | null);
        lastEventId = id ?? lastEventId;
      }
    } catch {
      // The heartbeat says so when Holdfast is away.
    } finally {
      watchdog.stop();
    }
    await pause(delayMs * (0.5 + Math.random() / 2), undefined, { signal, ref: false }).catch(() => undefined);
    delayMs = Math.min(2 * delayMs, LAST_DELAY_MS);
  }
}

/** Ends a connection on which nothing has come for too long: it is dead, though nobody has said so. */
class Watchdog {
  readonly #silence = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.signal = AbortSignal.any([signal, this.#silence.signal]);
    this.#timer = setTimeout(() => {
      this.#silence.abort();
    }, MAX_SILENCE_MS).unref();
  }

  async *watch<T>(stream: AsyncIterable<T>): AsyncGenerator<T> {
    for await (const chunk of stream) {
      this.#timer.refresh();
      yield chunk;
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
