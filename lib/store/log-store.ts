import type { LogEntry } from "@/lib/domain/events";

/** The session log as one sequence over all sessions. Part of the store port, under the same promises. */
export interface LogStore {
  /** In the order of the log. */
  read(query: LogQuery): Promise<LogEntry[]>;
  /** The sequence number given last, whether or not its entry is still on record; 0 before the first. */
  position(): Promise<number>;
  /** Row keys of those sessions that are on record. */
  findPks(ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Hears of every commit that may have added to the log, before its callers are answered. */
  onGrowth(listener: () => void): void;
}

export interface LogQuery {
  after: number;
  /** The last one to answer; null: as far as it goes. */
  upTo: number | null;
  limit: number;
  server: string | null;
  sessionId: string | null;
}
