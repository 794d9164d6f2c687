import { requestBytes, type RequestOptions } from "../load/request-bytes";
import type { LedgerEntry } from "./ledger-entry";

type SessionRequest = RequestOptions & { method: string; part?: string };

/** A request about one session. */
export function sessionRequest(
  { id }: Pick<LedgerEntry, "id">,
  { method, part = "", ...options }: SessionRequest,
): Buffer {
  return requestBytes(method, `/api/mcp/sessions/${id}${part}`, options);
}

/** A write that only the owner of the session may make: refused if the registry knows of a later one. */
export function ownersRequest(entry: LedgerEntry, request: SessionRequest): Buffer {
  return sessionRequest(entry, { ...request, headers: { "Holdfast-Epoch": String(entry.facts.epoch) } });
}
