import type { CommandOutcome } from "@/lib/domain/command";
import type { EndReason, SessionStatus } from "@/lib/domain/session";
import type { SessionFilter } from "./session-list-store";

/** What the termination of many sessions needs to read. Part of the store port, under the same promises. */
export interface TerminationStore {
  /** Those sessions of a set that can be ended, the oldest first and up to `limit`, with how many there are. */
  freezeSessions(set: SessionSet, limit: number): Promise<FrozenSessions>;
  /** How the named sessions are on record, with what their MCP servers made of the order to drop them. */
  readEnds(ids: readonly string[]): Promise<SessionEndRecord[]>;
  /** The position of the latest event. */
  lastEventSeq(): Promise<number>;
  /** Sessions whose servers have dropped them on command, by the next stretch of the log; `seq` is where that ends. */
  listAcknowledged(afterSeq: number): Promise<{ ids: string[]; seq: number }>;
}

/** Sessions by what they have in common, or by name. As of `now`. */
export type SessionSet = { filter: SessionFilter; now: number } | { ids: readonly string[]; now: number };

/** Statuses in which a session may be ended: an expired one only while a reconnect token could bring it back. */
export type TerminableStatus = Extract<SessionStatus, "active" | "disconnected" | "expired">;

export interface FrozenSessions {
  /** Sessions of the set. */
  matched: number;
  /** Of them, those that can be ended. */
  terminable: number;
  sessions: { pk: number; id: string; server: string; status: TerminableStatus }[];
}

export interface SessionEndRecord {
  id: string;
  /** As recorded, which may lag the clock. */
  status: SessionStatus;
  endReason: EndReason | null;
  endDetail: string | null;
  endedAt: number | null;
  /** Whether its MCP server has been told to drop it. */
  isCommanded: boolean;
  answer: CommandAnswerRecord | null;
}

export interface CommandAnswerRecord {
  outcome: CommandOutcome;
  detail: string | null;
  elapsedMs: number | null;
  instanceId: string | null;
  pid: number | null;
}
