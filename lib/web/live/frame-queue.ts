import type { SingleFrame } from "@/lib/contract/live";

/** More than this is not worth keeping: everything is read anew instead. */
export const MAX_WAITING = 2_000;
const HIDDEN_FLUSH_MS = 1_000;

interface FrameQueueOptions {
  onFlush: (frames: readonly SingleFrame[]) => void;
  /** Frames were thrown away. */
  onOverflow: () => void;
}

/** Collects frames until the screen is next painted; in a hidden tab, which is not painted, for a second. */
export class FrameQueue {
  readonly #options: FrameQueueOptions;
  #frames: SingleFrame[] = [];
  #isHeld = false;
  #cancel: (() => void) | null = null;
  /** Things that have happened while it was held. */
  waiting = 0;

  constructor(options: FrameQueueOptions) {
    this.#options = options;
  }

  push(frames: readonly SingleFrame[]): void {
    if (this.#frames.length + frames.length > MAX_WAITING) {
      this.#frames = [];
      this.#options.onOverflow();
    } else this.#frames.push(...frames);
    if (this.#isHeld) this.waiting += frames.filter(isNews).length;
    else
      this.#cancel ??= scheduleFlush(() => {
        this.flush();
      });
  }

  flush(): void {
    this.#cancel?.();
    this.#cancel = null;
    if (this.#isHeld || this.#frames.length === 0) return;
    const frames = this.#frames;
    this.#frames = [];
    this.#options.onFlush(frames);
  }

  /** Nothing is let through until `release`. */
  hold(): void {
    this.flush();
    this.#isHeld = true;
  }

  release(): void {
    this.#isHeld = false;
    this.waiting = 0;
    this.flush();
  }

  clear(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#frames = [];
  }
}

/** Figures and mere activity are no news: there are some every second. */
function isNews(frame: SingleFrame): boolean {
  return frame.type !== "health" && !(frame.type === "session_updated" && frame.events.length === 0);
}

function scheduleFlush(flush: () => void): () => void {
  if (document.visibilityState === "visible") {
    const request = requestAnimationFrame(flush);
    return () => {
      cancelAnimationFrame(request);
    };
  }
  const timer = setTimeout(flush, HIDDEN_FLUSH_MS);
  return () => {
    clearTimeout(timer);
  };
}
