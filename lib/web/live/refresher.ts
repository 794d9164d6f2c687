import { hashKey, type QueryClient } from "@tanstack/react-query";
import type { Refresh } from "./apply-frames";

interface Entry {
  isRunning: boolean;
  /** When the last reading ended, epoch milliseconds. */
  endedAt: number;
  /** What was asked for while one was running. */
  again: Refresh | null;
  due: { at: number; timer: ReturnType<typeof setTimeout> } | null;
}

/** Has queries read anew, soon, but no more often than is good: what changes during a reading is read after it. */
export class Refresher {
  readonly #queryClient: QueryClient;
  readonly #entries = new Map<string, Entry>();

  constructor(queryClient: QueryClient) {
    this.#queryClient = queryClient;
  }

  refresh(request: Refresh): void {
    const { queryKey, gapMs } = request;
    if (this.#queryClient.getQueryCache().findAll({ queryKey }).length === 0) return;
    const name = hashKey(queryKey);
    const entry = this.#entries.get(name) ?? { isRunning: false, endedAt: 0, again: null, due: null };
    this.#entries.set(name, entry);
    if (entry.isRunning) {
      if (!entry.again || gapMs < entry.again.gapMs) entry.again = request;
      return;
    }
    const now = Date.now();
    // A clock that was set back must not put it off for longer than the gap.
    const at = now + Math.min(gapMs, Math.max(0, entry.endedAt + gapMs - now));
    if (entry.due && entry.due.at <= at) return;
    clearTimeout(entry.due?.timer);
    entry.due = { at, timer: setTimeout(() => void this.#run(entry, request), at - now) };
  }

  /** Forgets what is still to be read. */
  clear(): void {
    for (const entry of this.#entries.values()) {
      clearTimeout(entry.due?.timer);
      entry.due = null;
      entry.again = null;
    }
    this.#entries.clear();
  }

  async #run(entry: Entry, { queryKey, gapMs }: Refresh): Promise<void> {
    entry.due = null;
    entry.isRunning = true;
    // A first reading that is under way cannot be restarted, and may have begun before the change.
    const isFirstReading = this.#queryClient
      .getQueryCache()
      .findAll({ queryKey, fetchStatus: "fetching" })
      .some(({ state }) => state.data === undefined);
    if (isFirstReading) entry.again = { queryKey, gapMs };
    // Failures are the queries' own to show.
    await this.#queryClient.invalidateQueries({ queryKey }).catch(() => undefined);
    entry.isRunning = false;
    entry.endedAt = Date.now();
    const { again } = entry;
    entry.again = null;
    if (again && this.#entries.get(hashKey(queryKey)) === entry) this.refresh(again);
  }
}
