import { SessionEventList } from "@/lib/contract/events";
import { SessionExplanation } from "@/lib/contract/explanation";
import { SessionHealthHistory, SessionHealthSummary } from "@/lib/contract/health";
import { MAX_MESSAGES_PER_SESSION, MessageList } from "@/lib/contract/messages";
import { Session } from "@/lib/contract/session";
import { SessionState } from "@/lib/contract/state";
import type { HistoryRange } from "@/lib/domain/projection/history-range";
import { readAnswer, readVersion, request, sendRequest } from "./registry-request";

/** The most events one page of a timeline holds. */
export const EVENTS_LIMIT = 500;
/** As `before`: after the last message there can be, so the page is the latest one. */
export const LATEST_MESSAGES = MAX_MESSAGES_PER_SESSION + 1;

const SESSIONS = "/api/mcp/sessions";

export function getSessionHealth(signal?: AbortSignal): Promise<SessionHealthSummary> {
  return request(`${SESSIONS}/health`, SessionHealthSummary, { signal });
}

export function getSessionHealthHistory(range: HistoryRange, signal?: AbortSignal): Promise<SessionHealthHistory> {
  return request(`${SESSIONS}/health/history?range=${range}`, SessionHealthHistory, { signal });
}

export function getSession(id: string, signal?: AbortSignal): Promise<Session> {
  return request(sessionPath(id), Session, { signal });
}

export function getSessionExplanation(id: string, signal?: AbortSignal): Promise<SessionExplanation> {
  return request(`${sessionPath(id)}/explain`, SessionExplanation, { signal });
}

/** Events after a `seq`, oldest first. */
export function getSessionEvents(id: string, after: number, signal?: AbortSignal): Promise<SessionEventList> {
  const query = `after=${String(after)}&limit=${String(EVENTS_LIMIT)}`;
  return request(`${sessionPath(id)}/events?${query}`, SessionEventList, { signal });
}

/** A session's state; version 0 while nobody has written it. */
export interface VersionedState {
  state: SessionState;
  version: number;
}

interface StateCall {
  /** What the caller has: answered again, untransferred, while it is current. */
  known?: VersionedState | undefined;
  signal?: AbortSignal | undefined;
}

export async function getSessionState(id: string, { known, signal }: StateCall = {}): Promise<VersionedState> {
  const answer = await sendRequest(`${sessionPath(id)}/state`, { signal, knownVersion: known?.version });
  if (known && answer.status === 304) return known;
  return { state: readAnswer(answer, SessionState), version: readVersion(answer) };
}

/** The messages before a `seq`, the latest of them, or those after one; either way oldest first. */
export type MessagePage = ({ before: number } | { after: number }) & { limit: number };

export function getSessionMessages(id: string, page: MessagePage, signal?: AbortSignal): Promise<MessageList> {
  const query = new URLSearchParams(Object.entries(page).map(([name, value]) => [name, String(value)]));
  return request(`${sessionPath(id)}/messages?${query.toString()}`, MessageList, { signal });
}

/** Ends a session for good; answers it as it is afterwards. An empty reason is left out. */
export function terminateSession(id: string, reason: string): Promise<Session> {
  return request(sessionPath(id), Session, { method: "DELETE", body: reason === "" ? {} : { reason } });
}

function sessionPath(id: string): string {
  return `${SESSIONS}/${encodeURIComponent(id)}`;
}
