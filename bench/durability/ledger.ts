export type EndAs = "closed" | "terminated";

/** What the writers know of one session: what was acknowledged must be there, what was only sent may be. */
export interface LedgerEntry {
  id: string;
  idempotencyKey: string;
  /** Short-lived sessions may expire at any moment. */
  isShortLived: boolean;
  isCreateAcknowledged: boolean;
  requestsAcknowledged: number;
  requestsSent: number;
  /** Each patch sets the label `revision` to the next number. */
  revisionAcknowledged: number;
  revisionSent: number;
  end: { as: EndAs; reason: string; isAcknowledged: boolean } | null;
  /** The last round in which anything was sent about it. */
  round: number;
}

export const ACTIONS = ["create", "heartbeat", "batch", "patch", "terminate", "close"] as const;
export type Action = (typeof ACTIONS)[number];

/** Everything that the writers of a test have sent, and what of it has been acknowledged. */
export class Ledger {
  readonly entries = new Map<string, LedgerEntry>();
  /** Sessions known to exist and not known to have ended. */
  readonly open: LedgerEntry[] = [];
  round = 0;
  /** Of this round. */
  acknowledged = countsOfNone();
  /** Requests of this round that were cut off. */
  unanswered = 0;
  /** What was wrong in this round, in words. */
  violations: string[] = [];

  beginRound(round: number): void {
    this.round = round;
    this.acknowledged = countsOfNone();
    this.unanswered = 0;
    this.violations = [];
  }

  add(id: string, isShortLived: boolean): LedgerEntry {
    const entry: LedgerEntry = {
      id,
      idempotencyKey: `key-of-${id}`,
      isShortLived,
      isCreateAcknowledged: false,
      requestsAcknowledged: 0,
      requestsSent: 0,
      revisionAcknowledged: 0,
      revisionSent: 0,
      end: null,
      round: this.round,
    };
    this.entries.set(id, entry);
    return entry;
  }

  confirmCreate(entry: LedgerEntry): void {
    entry.isCreateAcknowledged = true;
    this.open.push(entry);
  }

  /** Takes a session that has ended out of further use. */
  retire(entry: LedgerEntry): void {
    const index = this.open.indexOf(entry);
    if (index >= 0) this.open.splice(index, 1);
  }

  inRound(round: number): LedgerEntry[] {
    return [...this.entries.values()].filter((entry) => entry.round === round);
  }
}

function countsOfNone(): Record<Action, number> {
  return { create: 0, heartbeat: 0, batch: 0, patch: 0, terminate: 0, close: 0 };
}
