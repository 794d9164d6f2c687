import type { z } from "zod";
import { Problem } from "@/lib/contract/problem";
import { type ApiError, problemError, timeoutError, unexpectedAnswerError, unreachableError } from "./api-error";
import { parseLeniently } from "./parse-leniently";
import { noteRegistryTime } from "./registry-clock";

const REQUEST_TIMEOUT_MS = 8_000;

export interface Call {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  body?: Record<string, unknown>;
  /** The version of what the caller has already: answered with 304 while it is current. */
  knownVersion?: number | undefined;
  signal?: AbortSignal | undefined;
}

export interface Answer {
  status: number;
  etag: string | null;
  text: string;
}

/** Asks the registry. Every status is an answer; only silence is an error here. */
export async function sendRequest(path: string, { method = "GET", body, knownVersion, signal }: Call): Promise<Answer> {
  const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
  try {
    const response = await fetch(path, {
      method,
      cache: "no-store",
      headers: {
        accept: "application/json",
        ...(body && { "content-type": "application/json" }),
        ...(knownVersion !== undefined && { "if-none-match": `"${String(knownVersion)}"` }),
      },
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      ...(body && { body: JSON.stringify(body) }),
    });
    noteRegistryTime(response.headers.get("date"), Date.now());
    return { status: response.status, etag: response.headers.get("etag"), text: await response.text() };
  } catch (error) {
    if (signal?.aborted) throw error;
    throw timeout.aborted ? timeoutError(REQUEST_TIMEOUT_MS, error) : unreachableError(error);
  }
}

/** The body of a good answer; throws what a bad one says. */
export function readAnswer<T extends z.ZodType>({ status, text }: Answer, schema: T): z.output<T> {
  const body = parseJson(text, status);
  if (status < 200 || status > 299) throw problemFrom(body, status);
  const parsed = parseLeniently(schema, body);
  if (!parsed.success) throw unexpectedAnswerError("The answer does not have the agreed form.", parsed.error);
  return parsed.data;
}

/** The version that an answer's `ETag` names; a proxy may have weakened it. */
export function readVersion({ etag }: Answer): number {
  const version = /^(?:W\/)?"(\d{1,15})"$/.exec(etag ?? "")?.[1];
  if (version === undefined) throw unexpectedAnswerError("The answer does not say which version it is.");
  return Number(version);
}

function parseJson(text: string, status: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unexpectedAnswerError(`The answer (HTTP ${String(status)}) is not JSON.`, error);
  }
}

function problemFrom(body: unknown, status: number): ApiError {
  const parsed = parseLeniently(Problem, body);
  return parsed.success
    ? problemError(parsed.data)
    : unexpectedAnswerError(`The request failed with HTTP ${String(status)} and no explanation.`);
}

/** Asks, and reads the answer. */
export async function request<T extends z.ZodType>(path: string, schema: T, call: Call): Promise<z.output<T>> {
  return readAnswer(await sendRequest(path, call), schema);
}
