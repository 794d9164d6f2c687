import type { Notice, SessionChange, SessionEvent, SessionEventType } from "@/lib/domain/events";
import type { CommandOutcome } from "@/lib/domain/command";
import type { EndAs } from "@/lib/domain/lifecycle";
import type { InstanceStore } from "./instance-store";
import type { LogStore } from "./log-store";
import type { SessionContentStore } from "./session-content-store";
import type { SessionListStore } from "./session-list-store";
import type { TerminationStore } from "./termination-store";
import type { TokenStore } from "./token-store";
import type { WriteOutcome } from "./write-outcome";
import type { HealthProjection } from "@/lib/domain/projection/health-projection";
import type { EndReason, SessionFacts, SessionRecord, SessionStatus } from "@/lib/domain/session";

/**
 * The store port. All times are epoch milliseconds. A write resolves only after its commit is on disk, says who won,
 * and has been reported to every commit listener. Writes fail with `storage_busy` or `storage_full`, never half-way.
 */
export interface SessionStore extends SessionContentStore, SessionListStore {
  readonly instances: InstanceStore;
  readonly log: LogStore;
  readonly tokens: TokenStore;
  readonly terminations: TerminationStore;

  createSession(input: NewSession): Promise<CreateOutcome>;
  /** Applies heartbeats in order; one result per beat, in the same order. */
  recordBeats(beats: readonly Beat[], now: number): Promise<BeatOutcome[]>;
  updateSession(input: SessionUpdate): Promise<WriteOutcome>;
  /** Ends an open session whose deadline has not passed; terminates an expired one that a token could bring back. */
  endSession(input: SessionEnd): Promise<WriteOutcome>;
  /** Gives an expired session its successor, once. */
  renewSession(input: SessionRenewal): Promise<RenewOutcome>;
  /** Answers the ids that were open until now. */
  acknowledgeCommands(acks: readonly Acknowledgement[], now: number): Promise<readonly string[]>;

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
  listEvents(id: string, page: { after: number; limit: number }): Promise<SessionEvent[]>;
  /** The latest event of one of the types. */
  findLastEvent(id: string, types: readonly SessionEventType[]): Promise<SessionEvent | null>;
  /** Writes down what the figures noticed: events without a change of the session. */
  recordNotices(notices: readonly Notice[]): Promise<void>;
  /** Unacknowledged commands for the servers, or the very instances, of the named sessions. Cheap when there are none. */
  openCommands(sessionIds: readonly string[], since: number): Promise<OpenCommand[]>;
  /** Unacknowledged commands for an instance, oldest first. */
  openCommandsOf(instance: { server: string; id: string }, since: number): OpenCommand[];
  /** Hears of every new command once it is on disk. */
  onCommand(listener: (address: { server: string; instanceId: string | null }) => void): void;

  /** Fills an empty projection from what is stored. */
  rebuild(projection: HealthProjection, now: number): Promise<void>;
  onCommit(listener: (changes: readonly SessionChange[]) => void): void;

  /** Opens the record of this run; answers when the last run was last seen alive, null on a new database. */
  startRun(now: number): Promise<{ runId: number; lastSeenAt: number | null }>;
  markRunAlive(runId: number, now: number): Promise<void>;
  stopRun(runId: number, now: number): Promise<void>;

  /** Resolves when the database answers a read. */
  ping(): Promise<void>;
  /** How the store does at this moment. */
  stats(): Promise<StoreStats>;
  /** Keeps the write-ahead log small; answers its size in bytes. */
  maintain(): Promise<{ walBytes: number }>;
  /** Finishes queued writes, then releases the database. Later writes fail with `shutting_down`. */
  close(): Promise<void>;
}

export interface StoreStats {
  /** Rows that wait for the next commit. */
  queuedWrites: number;
  /** Size of the write-ahead log. */
  walBytes: number;
  /** Commands that nobody has acknowledged. */
  openCommands: number;
  /** Beats since the start, by outcome. */
  beats: Record<BeatOutcome["outcome"], number>;
}

export interface NewSession {
  facts: SessionFacts;
  /** The boot that must be the instance's latest; null or absent: whichever it is. */
  bootId?: string | null;
  idempotency: { key: string; hash: string } | null;
  now: number;
}

/** `lost`: the id or the idempotency key is in use, or the instance takes no new sessions; nothing was written. */
export type CreateOutcome =
  | {
      outcome: "created";
      session: SessionRecord;
      /** The session's boot, when its lease has run out: evidently too early. */
      lostBootId: string | null;
    }
  | { outcome: "lost" };

export interface Acknowledgement {
  id: string;
  /** What became of the command at the MCP server. */
  outcome: CommandOutcome;
  detail: string | null;
  /** The process that says so, as far as it is known. */
  by: { server: string; instanceId: string; pid: number | null } | null;
}

export interface Beat {
  id: string;
  /** Only while this is the session's epoch; null or absent: whichever it is. */
  ifEpoch?: number | null;
  /** Only for a session of this boot, or of none; null or absent: for any. */
  ifInstancePk?: number | null;
  /** When the last client request ended; null when the beat reports no activity. */
  activityAt: number | null;
  inFlight: number;
  requests: number;
  errors: number;
}

export type BeatOutcome =
  | { outcome: "ok"; deadlineAt: number }
  | { outcome: "gone" | "disconnected"; status: SessionStatus; reason: EndReason }
  | { outcome: "fenced" }
  | { outcome: "unknown" };

/** What is absent stays as it is; labels are merged, null removes one. */
export interface SessionUpdate {
  id: string;
  /** Only while this is the session's epoch; null or absent: whichever it is. */
  ifEpoch?: number | null;
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
  /** Only while this is the session's epoch; null or absent: whichever it is. */
  ifEpoch?: number | null;
  /** Identity of the command that tells the MCP server; null when it already knows. */
  commandId: string | null;
  now: number;
}

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
  createdAt: number;
}
