import { type Action, countsOfNone } from "./actions";
import { type KnownBoot, type Seat, seatsOf } from "./known-boot";
import { isOver, type LedgerEntry } from "./ledger-entry";
import type { Random } from "./random";

/** What belongs to one writer over all rounds: an MCP server with its processes and sessions. */
export interface Account {
  server: string;
  seats: Seat[];
  /** Sessions that something can still become of. */
  own: LedgerEntry[];
}

/** Everything that the writers of a test have sent, and what of it has been acknowledged. */
export class Ledger {
  readonly entries = new Map<string, LedgerEntry>();
  readonly boots = new Map<string, KnownBoot>();
  readonly accounts: readonly Account[];
  round = 0;
  /** Of this round. */
  acknowledged = countsOfNone();
  /** Writers of this round that were cut off in the middle of a request. */
  unanswered = 0;
  /** What was wrong in this round, in words. */
  violations: string[] = [];

  constructor(writers: number) {
    this.accounts = Array.from({ length: writers }, (_, index) => {
      const server = `kill-test-${String(index)}`;
      return { server, seats: seatsOf(server), own: [] };
    });
  }

  beginRound(round: number): void {
    this.round = round;
    this.acknowledged = countsOfNone();
    this.unanswered = 0;
    this.violations = [];
  }

  count(action: Action): void {
    this.acknowledged[action] += 1;
  }

  add(entry: LedgerEntry): LedgerEntry {
    this.entries.set(entry.id, entry);
    return entry;
  }

  /** A session of any writer that is, as far as anybody knows, in use. */
  pickActive(random: Random): LedgerEntry | undefined {
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const entry = random.pick(random.pick(this.accounts)?.own ?? []);
      if (entry?.facts.status === "active") return entry;
    }
    return undefined;
  }

  /** Gathers anew what each writer can go on with. */
  shareOut(): void {
    const owners = new Map(this.accounts.map((account) => [account.server, account]));
    for (const account of this.accounts) account.own = [];
    for (const entry of this.entries.values()) {
      if (entry.isCreateAcknowledged && !isOver(entry)) owners.get(entry.server)?.own.push(entry);
    }
  }

  inRound(round: number): LedgerEntry[] {
    return [...this.entries.values()].filter((entry) => entry.round === round);
  }
}
