import type { SessionHealthSummary } from "@/lib/contract/health";
import type { Instance } from "@/lib/contract/instances";
import type { Session } from "@/lib/contract/session";
import type { LogEntry } from "@/lib/domain/events";

/** Where the feed reads what it tells. */
export interface LiveSource {
  now(): number;
  /** Sequence number of the log's last entry. */
  readPosition(): Promise<number>;
  readLog(query: {
    after: number;
    upTo: number | null;
    limit: number;
    server: string | null;
    sessionId: string | null;
  }): Promise<LogEntry[]>;
  /** Sessions as they are now, by row key; those no longer on record are missing. */
  readSessions(pks: readonly number[]): Promise<ReadonlyMap<number, Session>>;
  findPks(ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
  readInstance(id: string): Promise<Instance | null>;
  readHealth(): Promise<SessionHealthSummary>;
  /** Differs whenever the figures do; cheap. */
  healthFingerprint(): string;
}

/** Time that passes; durations in milliseconds. */
export interface Timers {
  /** Answers how to call it off. */
  after(delayMs: number, task: () => void): () => void;
  /** Lets everything else that waits have its turn. */
  pause(): Promise<void>;
}

/** One who looks on, at the other end of a connection. */
export interface Viewer {
  send(message: Buffer): void;
  /** Bytes sent that have not left this process. */
  bufferedBytes(): number;
  /** Cuts it off. */
  drop(): void;
}

export interface FeedLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}
