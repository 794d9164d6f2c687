import { HttpConnection } from "../load/http-connection";
import type { FoundSession } from "./check-entry";
import type { Ledger, LedgerEntry } from "./ledger";
import { createRequest } from "./session-requests";

/** Retries every create that was cut off, as its client would: with its key this must be harmless, whatever came of it. */
export async function retryCreates(url: string, ledger: Ledger): Promise<void> {
  const connection = await HttpConnection.open(url);
  for (const entry of ledger.entries.values()) {
    if (entry.isCreateAcknowledged) continue;
    const { status, body } = await connection.send(createRequest(entry));
    if (status === 201) ledger.confirmCreate(entry);
    else ledger.violations.push(`${entry.id}: the retry of a create was refused: ${body}`);
  }
  connection.close();
}

/** What was cut off is now decided: the next round holds the registry to what was found. */
export function settleLedger(ledger: Ledger, found: ReadonlyMap<string, FoundSession>): void {
  for (const entry of ledger.entries.values()) {
    const session = found.get(entry.id);
    if (session) settleEntry(ledger, entry, session);
  }
}

function settleEntry(ledger: Ledger, entry: LedgerEntry, session: FoundSession): void {
  entry.requestsAcknowledged = entry.requestsSent = session.requestCount;
  entry.revisionAcknowledged = entry.revisionSent = session.revision;
  const { status } = session;
  const isFinal = status === "closed" || status === "terminated";
  entry.end = isFinal ? { as: status, reason: session.endDetail ?? "", isAcknowledged: true } : null;
  if (status !== "active") ledger.retire(entry);
}
