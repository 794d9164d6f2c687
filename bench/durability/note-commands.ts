import type { Ledger } from "./ledger";
import type { KnownCommand } from "./ledger-entry";

/** A command as an instance hears of it. */
export interface ToldCommand {
  id: string;
  sessionId: string;
}

export function newCommand(): KnownCommand {
  return { id: null, outcome: null, sent: null, since: Date.now() };
}

/** Holds what an instance is told against what is known: only what is open may be told. */
export function noteCommands({ entries, violations }: Ledger, commands: readonly ToldCommand[]): void {
  for (const { id, sessionId } of commands) {
    const entry = entries.get(sessionId);
    const command = entry?.command;
    // A termination that was cut off may have left one.
    if (!command && entry?.attempt) continue;
    if (!command) violations.push(`${sessionId}: there is a command, but nobody asked for one`);
    else if (command.outcome !== null) violations.push(`${sessionId}: its acknowledged command is open again`);
    else if ((command.id ??= id) !== id) violations.push(`${sessionId}: there are two commands`);
  }
}
