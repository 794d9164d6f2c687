import { hashKey, type QueryClient } from "@tanstack/react-query";
import { joinRefreshes, type Refresh } from "./apply-frames";

/** After every time there is. */
const NEVER_BEHIND = "~";

interface Entry {
  isRunning: boolean;
  /** When the last reading ended, epoch milliseconds. */
  endedAt: number;
  /** What was asked for while one was running. */
  again: Refresh | null;
  due: { at: number; timer: ReturnType<typeof setTimeout>; request: Refresh } | null;
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
      entry.again = joinRefreshes(entry.again ?? request, request);
      return;
    }
    const now = Date.now();
    // A clock that was set back must not put it off for longer than the gap.
    const at = now + Math.min(gapMs, Math.max(0, entry.endedAt + gapMs - now));
    const joined = joinRefreshes(entry.due?.request ?? request, request);
    if (entry.due && entry.due.at <= at) {
      entry.due.request = joined;
      return;
    }
    clearTimeout(entry.due?.timer);
    const timer = setTimeout(() => void this.#run(entry, entry.due?.request ?? joined), at - now);
    entry.due = { at, timer, request: joined };
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

  async #run(entry: Entry, request: Refresh): Promise<void> {
    const { queryKey } = request;
    entry.due = null;
    entry.isRunning = true;
    // A first reading that is under way cannot be restarted, and may have begun before the change.
    const isFirstReading = this.#queryClient
      .getQueryCache()
      .findAll({ queryKey, fetchStatus: "fetching" })
      .some(({ state }) => state.data === undefined);
    if (isFirstReading) entry.again = request;
    // Failures are the queries' own to show.
    await this.#queryClient.invalidateQueries({ queryKey }).catch(() => undefined);
    if (this.#isBehind(request)) entry.again = joinRefreshes(entry.again ?? request, request);
    entry.isRunning = false;
    entry.endedAt = Date.now();
    const { again } = entry;
    entry.again = null;
    if (again && this.#entries.get(hashKey(queryKey)) === entry) this.refresh(again);
  }

  /** Whether something on screen is still older than asked for. What failed says so itself. */
  #isBehind({ queryKey, newerThan = "" }: Refresh): boolean {
    return this.#queryClient
      .getQueryCache()
      .findAll({ queryKey, type: "active" })
      .some(({ state: { status, data } }) => status === "success" && madeAt(data) <= newerThan);
  }
}

/** When the registry made an answer, if it says so. */
function madeAt(data: unknown): string {
  const has = typeof data === "object" && data !== null && "generatedAt" in data;
  return has ? String(data.generatedAt) : NEVER_BEHIND;
}
