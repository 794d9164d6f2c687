import { hashOf } from "./checks/check-tokens";
import type { Ledger } from "./ledger";
import type { LedgerEntry } from "./ledger-entry";
import type { FoundSession, Snapshot } from "./snapshot";

/** What was cut off is now decided: the next round holds the registry to what was found. */
export function settleLedger(ledger: Ledger, snapshot: Snapshot): void {
  for (const boot of ledger.boots.values()) {
    const status = snapshot.boots.get(boot.bootId)?.status;
    // One that is lost can come back.
    if (status === "alive" || status === "lost") boot.status = "alive";
    if (status === "stopped" || status === "superseded") boot.status = status;
    boot.sent = null;
  }
  for (const seat of ledger.accounts.flatMap(({ seats }) => seats)) {
    if (seat.next && seat.next.status !== null) seat.boot = seat.next;
    seat.next = null;
  }
  for (const entry of ledger.entries.values()) {
    const session = snapshot.sessions.get(entry.id);
    if (session) settleEntry(ledger, entry, session);
    settleTokens(entry, snapshot);
    settleCommand(entry, snapshot);
  }
  ledger.shareOut();
}

function settleEntry({ boots }: Ledger, entry: LedgerEntry, session: FoundSession): void {
  const { id: _, requestCount, bootId, lastBootId, ...facts } = session;
  const isOpen = facts.status === "active" || facts.status === "disconnected";
  const boot = boots.get((isOpen ? bootId : lastBootId) ?? "") ?? null;
  entry.facts = { ...facts, boot };
  entry.requestsAcknowledged = entry.requestsSent = requestCount;
  entry.attempt = null;
  entry.isCreateAcknowledged = true;
  entry.isExpiryHeard = false;
}

/** A redemption whose answer is lost for good leaves no successor that anybody could use. */
function settleTokens({ tokens }: LedgerEntry, snapshot: Snapshot): void {
  for (const token of tokens.filter(({ isSent }) => isSent)) {
    const redeemedAt = snapshot.tokens.get(hashOf(token.text))?.redeemedAt ?? null;
    token.isSent = false;
    token.spent = redeemedAt === null ? null : { successor: null, at: redeemedAt };
  }
}

function settleCommand(entry: LedgerEntry, { commands }: Snapshot): void {
  const [found] = commands.get(entry.id) ?? [];
  const since = entry.command?.since ?? Date.now();
  entry.command = found ? { id: found.id, outcome: found.outcome, sent: null, since } : null;
}
