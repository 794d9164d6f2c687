import type { Ledger } from "../ledger";
import type { LedgerEntry } from "../ledger-entry";
import type { Snapshot } from "../snapshot";
import { checkBoot } from "./check-boot";
import { checkCommand } from "./check-command";
import { checkEntry } from "./check-entry";
import { checkTokens } from "./check-tokens";

/** Holds the database to the ledger: everything acknowledged is there, and nothing is there that nobody asked for. */
export function checkSnapshot(ledger: Ledger, { sessions, boots, tokens, commands }: Snapshot): string[] {
  const entries = [...ledger.entries.values()];
  return [
    ...entries.flatMap((entry) => [
      ...checkEntry(entry, sessions.get(entry.id)),
      ...checkTokens(entry, tokens),
      ...checkCommand(entry, commands.get(entry.id) ?? []),
    ]),
    ...[...ledger.boots.values()].flatMap((boot) => checkBoot(boot, boots.get(boot.bootId))),
    ...findInvented(ledger, entries, sessions.keys()),
  ];
}

/** A renewal that was cut off may have made its successor. */
function findInvented(ledger: Ledger, entries: readonly LedgerEntry[], found: Iterable<string>): string[] {
  const possible = new Set(
    entries.flatMap(({ attempt }) => (attempt?.possible ?? []).map(({ supersededBy }) => supersededBy)),
  );
  return [...found]
    .filter((id) => !ledger.entries.has(id) && !possible.has(id))
    .map((id) => `${id}: exists, but nobody asked for it`);
}
