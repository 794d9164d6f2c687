import type { LedgerEntry } from "../ledger-entry";
import type { FoundCommand } from "../snapshot";

/** What is wrong with the command that a termination leaves: open until its acknowledgement, and never again. */
export function checkCommand(entry: LedgerEntry, found: readonly FoundCommand[]): string[] {
  const { id, command, attempt, isShortLived } = entry;
  if (found.length > 1) return [`${id}: has ${String(found.length)} commands`];
  const [one] = found;
  const mayHaveOne = command !== null || attempt?.possible.some(({ status }) => status === "terminated") === true;
  if (one && !mayHaveOne) return [`${id}: has a command, but nobody asked for one`];
  // One that expired before it was terminated has none.
  if (!one) return command && !isShortLived ? [`${id}: the command of its acknowledged termination is missing`] : [];
  const expected = command?.outcome ?? null;
  if (one.outcome === expected && (one.acknowledgedAt === null) === (expected === null)) return [];
  if (expected === null && command?.sent !== null && one.outcome === command?.sent) return [];
  return [`${id}: its command has the outcome ${String(one.outcome)}, but ${String(expected)} was acknowledged`];
}
