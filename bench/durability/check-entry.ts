import type { LedgerEntry } from "./ledger";

/** One session as it is found after a restart. */
export interface FoundSession {
  id: string;
  status: string;
  endDetail: string | null;
  requestCount: number;
  revision: number;
}

/** What is wrong with a session, given what was acknowledged (must be there) and what was sent (may be there). */
export function checkEntry(entry: LedgerEntry, found: FoundSession | undefined): string[] {
  if (!found) return entry.isCreateAcknowledged ? [`${entry.id}: the acknowledged create is missing`] : [];
  const range = { from: entry.requestsAcknowledged, to: entry.requestsSent };
  const revisions = { from: entry.revisionAcknowledged, to: entry.revisionSent };
  return [
    ...outside("requests", found.requestCount, range),
    ...outside("revision", found.revision, revisions),
    ...checkEnd(entry, found),
  ].map((problem) => `${entry.id}: ${problem}`);
}

function outside(what: string, found: number, { from, to }: { from: number; to: number }): string[] {
  if (found < from) return [`${what} ${String(found)}, but ${String(from)} were acknowledged`];
  return found > to ? [`${what} ${String(found)}, but only ${String(to)} were sent`] : [];
}

function checkEnd({ end, isShortLived }: LedgerEntry, { status, endDetail }: FoundSession): string[] {
  if (end?.isAcknowledged && (status !== end.as || endDetail !== end.reason)) {
    return [`is ${status} (${String(endDetail)}), but "${end.reason}" was acknowledged`];
  }
  if (!end && (status === "closed" || status === "terminated")) return [`is ${status}, but nobody asked for it`];
  return status === "expired" && !isShortLived ? ["expired long before its deadline"] : [];
}
