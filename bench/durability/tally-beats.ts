import type { LedgerEntry } from "./ledger-entry";
import type { Writer } from "./writer";

export interface SentBeat {
  entry: LedgerEntry;
  requests: number;
}

/** Counts the requests of a heartbeat as sent: from now on they may be in the database. */
export function noteSent({ ledger, random }: Writer, entry: LedgerEntry): SentBeat {
  const requests = 1 + random.below(3);
  entry.round = ledger.round;
  entry.requestsSent += requests;
  return { entry, requests };
}

/** Counts what was accepted as acknowledged, and takes back what was refused. */
export function settleBeats(writer: Writer, beats: readonly SentBeat[], outcomes: readonly string[]): void {
  for (const [index, { entry, requests }] of beats.entries()) {
    const outcome = outcomes[index];
    if (outcome === "ok") entry.requestsAcknowledged += requests;
    else entry.requestsSent -= requests;
    if (outcome === "unknown" || outcome === "fenced")
      writer.object(`${entry.id}: a heartbeat was answered ${outcome}`);
  }
}
