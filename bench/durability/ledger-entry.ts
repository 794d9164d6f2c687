import type { Attempt } from "./attempt";
import { type Facts, FRESH } from "./facts";

export interface KnownToken {
  text: string;
  /** It went out to be redeemed, and no answer came yet. */
  isSent: boolean;
  /** The token that its redemption brought, and when; null while it is good. */
  spent: { successor: string | null; at: number } | null;
}

export interface KnownCommand {
  /** Null until an instance has been told of it. */
  id: string | null;
  /** As acknowledged. */
  outcome: string | null;
  /** An outcome that was reported, and not yet answered. */
  sent: string | null;
  since: number;
}

/** What the writers know of one session: what was acknowledged must be there, what was only sent may be. */
export interface LedgerEntry {
  id: string;
  server: string;
  /** Short-lived sessions may expire at any moment. */
  isShortLived: boolean;
  isCreateAcknowledged: boolean;
  /** A refusal said that it has expired; until that is on record, a restart may still grant it a grace period. */
  isExpiryHeard: boolean;
  facts: Facts;
  /** The write under way; a kill leaves it undecided. */
  attempt: Attempt | null;
  /** Counted by heartbeats, which come from all writers. */
  requestsAcknowledged: number;
  requestsSent: number;
  tokens: KnownToken[];
  command: KnownCommand | null;
  /** The last round in which anything was sent about it. */
  round: number;
}

export function newEntry(
  given: Pick<LedgerEntry, "id" | "server" | "isShortLived" | "round">,
  facts: Partial<Facts> = {},
): LedgerEntry {
  return {
    ...given,
    isCreateAcknowledged: false,
    isExpiryHeard: false,
    facts: { ...FRESH, ...facts },
    attempt: null,
    requestsAcknowledged: 0,
    requestsSent: 0,
    tokens: [],
    command: null,
  };
}

/** Whether something can still become of it. */
export function isOver({ facts: { status, supersededBy } }: LedgerEntry): boolean {
  return status === "closed" || status === "terminated" || supersededBy !== null;
}

export function goodTokens({ tokens }: LedgerEntry): KnownToken[] {
  return tokens.filter(({ spent, isSent }) => spent === null && !isSent);
}
