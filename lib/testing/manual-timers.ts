import type { Timers } from "@/lib/live/live-source";

/** Timers that stand still until a test moves them. */
export class ManualTimers implements Timers {
  #now = 0;
  readonly #tasks = new Set<{ at: number; task: () => void }>();

  after(delayMs: number, task: () => void): () => void {
    const entry = { at: this.#now + delayMs, task };
    this.#tasks.add(entry);
    return () => this.#tasks.delete(entry);
  }

  pause(): Promise<void> {
    return Promise.resolve();
  }

  get pending(): number {
    return this.#tasks.size;
  }

  /** Lets time pass, and what follows from each moment happen in it. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    await this.settle();
    for (let next = this.#next(until); next; next = this.#next(until)) {
      this.#tasks.delete(next);
      this.#now = next.at;
      next.task();
      await this.settle();
    }
    this.#now = until;
  }

  /** Lets everything happen that waits for nothing but its turn. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }

  #next(until: number): { at: number; task: () => void } | undefined {
    return [...this.#tasks].filter(({ at }) => at <= until).sort((one, other) => one.at - other.at)[0];
  }
}
