import type { MessageContent, MessageRole } from "@/lib/domain/message";
import type { JsonObject } from "@/lib/domain/session";

/** What a session carries: its state and its message context. Part of the store port, under the same promises. */
export interface SessionContentStore {
  /** Null for an unknown session; version 0 is a state that nobody has written yet. */
  readState(id: string): Promise<StateRecord | null>;
  writeState(input: StateWrite): Promise<StateOutcome>;
  /** Appends in order and counts as activity; messages whose id is known already are left as they are. */
  appendMessages(input: MessageAppend): Promise<AppendOutcome>;
  /** Oldest first; null for an unknown session. */
  listMessages(id: string, page: MessagePage): Promise<{ messages: MessageRecord[]; messageCount: number } | null>;
}

export interface StateRecord {
  state: JsonObject;
  version: number;
}

export interface StateWrite {
  id: string;
  /** `merge` applies a JSON merge patch (RFC 7396) to whatever is stored at that moment. */
  mode: "replace" | "merge";
  document: JsonObject;
  /** Write only while the state has this version; null for whatever it has. */
  ifVersion: number | null;
  /** Only while this is the session's epoch; null or absent: whichever it is. */
  ifEpoch?: number | null;
  maxBytes: number;
  now: number;
}

/** `lost`: the session is unknown or has ended, the version differs, or the result would be too large. */
export type StateOutcome = ({ outcome: "won" } & StateRecord) | { outcome: "lost" };

export interface MessageAppend {
  id: string;
  /** No two of them share an id. */
  messages: readonly { id: string | null; role: MessageRole; content: MessageContent }[];
  maxMessages: number;
  /** Only while this is the session's epoch; null or absent: whichever it is. */
  ifEpoch?: number | null;
  now: number;
}

export interface MessageRecord {
  seq: number;
  id: string | null;
  role: MessageRole;
  content: MessageContent;
  createdAt: number;
}

/** `lost`: the session is unknown or has ended. */
export type AppendOutcome =
  { outcome: "won"; messages: MessageRecord[]; messageCount: number } | { outcome: "id_reused" | "full" | "lost" };

/** The earliest after a position, or the latest before one. */
export type MessagePage = { after: number; limit: number } | { before: number; limit: number };
