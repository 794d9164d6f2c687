import { requestBytes } from "../load/request-bytes";
import type { EndAs, LedgerEntry } from "./ledger";

const SHORT_IDLE_TIMEOUT_MS = 1_000;
const LONG_IDLE_TIMEOUT_MS = 24 * 3_600_000;

function pathOf({ id }: LedgerEntry): string {
  return `/api/mcp/sessions/${id}`;
}

/** The same bytes for every retry. */
export function createRequest(entry: LedgerEntry): Buffer {
  const body = {
    id: entry.id,
    server: "kill-test",
    clientInfo: { name: "writer", version: "1" },
    idleTimeoutMs: entry.isShortLived ? SHORT_IDLE_TIMEOUT_MS : LONG_IDLE_TIMEOUT_MS,
  };
  return requestBytes("POST", "/api/mcp/sessions", {
    body,
    headers: { "Idempotency-Key": entry.idempotencyKey },
  });
}

export function heartbeatRequest(entry: LedgerEntry, requests: number): Buffer {
  return requestBytes("POST", `${pathOf(entry)}/heartbeat`, { body: { requests, idleMs: 0 } });
}

export function batchRequest(beats: readonly { entry: LedgerEntry; requests: number }[]): Buffer {
  return requestBytes("POST", "/api/mcp/heartbeats", {
    body: { beats: beats.map(({ entry, requests }) => ({ id: entry.id, requests, idleMs: 0 })) },
  });
}

export function patchRequest(entry: LedgerEntry, revision: number): Buffer {
  return requestBytes("PATCH", pathOf(entry), { body: { labels: { revision: String(revision) } } });
}

export function endRequest(entry: LedgerEntry, as: EndAs, reason: string): Buffer {
  return requestBytes("DELETE", pathOf(entry), { body: { as, reason } });
}

export function readRequest(entry: LedgerEntry): Buffer {
  return requestBytes("GET", pathOf(entry));
}
