import { MAX_WATCHED } from "@/lib/contract/live";

const SETTLE_MS = 100;

/** Which sessions the parts of a page have on screen; the registry is told of all of them together. */
export class WatchedSessions {
  readonly #onChange: (ids: readonly string[]) => void;
  readonly #parts = new Set<readonly string[]>();
  #told = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(onChange: (ids: readonly string[]) => void) {
    this.#onChange = onChange;
  }

  /** Answers how to watch them no longer. */
  add(ids: readonly string[]): () => void {
    const part = [...ids];
    this.#parts.add(part);
    this.#tellSoon();
    return () => {
      this.#parts.delete(part);
      this.#tellSoon();
    };
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #tellSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const ids = [...new Set([...this.#parts].flat())].sort().slice(0, MAX_WATCHED);
      const told = ids.join("\n");
      if (told === this.#told) return;
      this.#told = told;
      this.#onChange(ids);
    }, SETTLE_MS);
  }
}
