import type { z } from "zod";
import { SessionEventList } from "@/lib/contract/events";
import { SessionHealthHistory, SessionHealthSummary } from "@/lib/contract/health";
import { Problem } from "@/lib/contract/problem";
import { Session } from "@/lib/contract/session";
import type { HistoryRange } from "@/lib/domain/projection/history";
import { type ApiError, problemError, timeoutError, unexpectedAnswerError, unreachableError } from "./api-error";

const REQUEST_TIMEOUT_MS = 8_000;
/** The most events one page of a timeline holds. */
export const EVENTS_LIMIT = 500;

interface Call {
  method?: "GET" | "DELETE";
  body?: Record<string, unknown>;
  signal?: AbortSignal | undefined;
}

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

export function getSessionEvents(id: string, signal?: AbortSignal): Promise<SessionEventList> {
  return request(`${sessionPath(id)}/events?limit=${String(EVENTS_LIMIT)}`, SessionEventList, { signal });
}

/** Ends a session for good; answers it as it is afterwards. An empty reason is left out. */
export function terminateSession(id: string, reason: string): Promise<Session> {
  return request(sessionPath(id), Session, { method: "DELETE", body: reason === "" ? {} : { reason } });
}

function sessionPath(id: string): string {
  return `${SESSIONS}/${encodeURIComponent(id)}`;
}

async function request<T extends z.ZodType>(path: string, schema: T, call: Call): Promise<z.output<T>> {
  const { ok, status, text } = await send(path, call);
  const body = parseJson(text, status);
  if (!ok) throw problemFrom(body, status);
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw unexpectedAnswerError("The answer does not have the agreed form.", parsed.error);
  return parsed.data;
}

async function send(path: string, { method = "GET", body, signal }: Call) {
  const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
  try {
    const response = await fetch(path, {
      method,
      cache: "no-store",
      headers: body
        ? { accept: "application/json", "content-type": "application/json" }
        : { accept: "application/json" },
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      ...(body && { body: JSON.stringify(body) }),
    });
    return { ok: response.ok, status: response.status, text: await response.text() };
  } catch (error) {
    if (signal?.aborted) throw error;
    throw timeout.aborted ? timeoutError(REQUEST_TIMEOUT_MS, error) : unreachableError(error);
  }
}

function parseJson(text: string, status: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unexpectedAnswerError(`The answer (HTTP ${String(status)}) is not JSON.`, error);
  }
}

function problemFrom(body: unknown, status: number): ApiError {
  const parsed = Problem.safeParse(body);
  return parsed.success
    ? problemError(parsed.data)
    : unexpectedAnswerError(`The request failed with HTTP ${String(status)} and no explanation.`);
}
