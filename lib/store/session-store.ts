import type { SessionChange, SessionEvent } from "@/lib/domain/events";
import type { SessionHealth } from "@/lib/domain/health";
import type { EndAs } from "@/lib/domain/lifecycle";
import type { SessionContentStore } from "./session-content-store";
import type { HealthProjection } from "@/lib/domain/projection/health-projection";
import type { EndReason, SessionFacts, SessionRecord, SessionStatus } from "@/lib/domain/session";

/**
 * The store port. All times are epoch milliseconds. A write resolves only after its commit is on disk, says who won,
 * and has been reported to every commit listener. Writes fail with `storage_busy` or `storage_full`, never half-way.
 */
export interface SessionStore extends SessionContentStore {
  createSession(input: NewSession): Promise<CreateOutcome>;
  /** Applies heartbeats in order; one result per beat, in the same order. */
  recordBeats(beats: readonly Beat[], now: number): Promise<BeatOutcome[]>;
  updateSession(input: SessionUpdate): Promise<WriteOutcome>;
  /** Ends an active session whose deadline has not passed. */
  endSession(input: SessionEnd): Promise<WriteOutcome>;
  /** Gives an expired session its successor, once. */
  renewSession(input: SessionRenewal): Promise<RenewOutcome>;
  acknowledgeCommands(ids: readonly string[], now: number): Promise<void>;

  /** Records up to `limit` sessions whose deadline has passed; answers how many it looked at and how many ended. */
  recordExpired(now: number, limit: number): Promise<{ expired: number; more: boolean }>;
  /** Gives every session due in `(from, to]` until `until`; answers how many. */
  grantGrace(window: { from: number; to: number; until: number }): Promise<number>;
  /** Deletes up to `limit` sessions that ended before `endedBefore`; answers how many. */
  purgeEnded(endedBefore: number, limit: number): Promise<number>;

  findSession(id: string): Promise<SessionRecord | null>;
  findSessionByIdempotencyKey(key: string): Promise<{ session: SessionRecord; hash: string } | null>;
  /** In the order of `pks`; missing ones are left out. */
  findSessionsByPk(pks: readonly number[]): Promise<SessionRecord[]>;
  listSessions(query: ListQuery): Promise<ListedSession[]>;
  listEvents(id: string, page: { after: number; limit: number }): Promise<SessionEvent[]>;
  /** Unacknowledged commands for the servers, or the very instances, of the named sessions. Cheap when there are none. */
  openCommands(sessionIds: readonly string[], since: number): Promise<OpenCommand[]>;

  /** Fills an empty projection from what is stored. */
  rebuild(projection: HealthProjection, now: number): Promise<void>;
  onCommit(listener: (changes: readonly SessionChange[]) => void): void;

  /** Opens the record of this run; answers when the last run was last seen alive, null on a new database. */
  startRun(now: number): Promise<{ runId: number; lastSeenAt: number | null }>;
  markRunAlive(runId: number, now: number): Promise<void>;
  stopRun(runId: number, now: number): Promise<void>;

  /** Resolves when the database answers a read. */
  ping(): Promise<void>;
  /** Keeps the write-ahead log small; answers its size in bytes. */
  maintain(): Promise<{ walBytes: number }>;
  /** Finishes queued writes, then releases the database. Later writes fail with `shutting_down`. */
  close(): Promise<void>;
}

export interface NewSession {
  facts: SessionFacts;
  idempotency: { key: string; hash: string } | null;
  now: number;
}

/** `taken`: the id or the idempotency key is in use, nothing was written. */
export type CreateOutcome = { outcome: "created"; session: SessionRecord } | { outcome: "taken" };

export interface Beat {
  id: string;
  /** When the last client request ended; null when the beat reports no activity. */
  activityAt: number | null;
  inFlight: number;
  requests: number;
  errors: number;
}

export type BeatOutcome =
  | { outcome: "ok"; deadlineAt: number }
  | { outcome: "gone"; status: SessionStatus; reason: EndReason }
  | { outcome: "unknown" };

/** What is absent stays as it is; labels are merged, null removes one. */
export interface SessionUpdate {
  id: string;
  now: number;
  changes: Partial<
    Pick<
      SessionFacts,
      | "serverVersion"
      | "clientId"
      | "clientInfo"
      | "capabilities"
      | "protocolVersion"
      | "principal"
      | "idleTimeoutMs"
      | "lifetimeMs"
    >
  > & { labels?: Record<string, string | null> };
}

export interface SessionEnd {
  id: string;
  as: EndAs;
  reason: EndReason;
  detail: string | null;
  /** Identity of the command that tells the MCP server; null when it already knows. */
  commandId: string | null;
  now: number;
}

/** `lost`: the session is unknown, has ended, or the change does not fit; read it to learn which. */
export type WriteOutcome = { outcome: "won"; session: SessionRecord } | { outcome: "lost" };

export interface SessionRenewal {
  id: string;
  newId: string;
  now: number;
}

/** `lost`: the session has not expired or has a successor already, or the new id is in use. */
export type RenewOutcome = WriteOutcome;

export interface OpenCommand {
  id: string;
  type: "terminate";
  sessionId: string;
  reason: string | null;
}

export interface ListQuery {
  statuses: readonly SessionStatus[] | null;
  health: readonly SessionHealth[] | null;
  server: string | null;
  client: string | null;
  principal: string | null;
  text: string | null;
  sort: "createdAt" | "lastActivityAt" | "endedAt";
  order: "asc" | "desc";
  limit: number;
  /** Continue after this position. */
  after: { value: number | null; pk: number } | null;
  thresholds: { agingAfterMs: number; staleAfterMs: number };
  now: number;
}

export interface ListedSession {
  session: SessionRecord;
  sortValue: number | null;
}
