import type { Facts } from "../facts";
import type { KnownToken, LedgerEntry } from "../ledger-entry";
import { newCommand } from "../note-commands";
import type { Writer } from "../writer";
import { reconnectRequest } from "./reconnect-session";

const AFTER: Partial<Facts> = { status: "terminated", endReason: "token_reuse", endDetail: null };

/** A thief comes with a token whose successor has been used already: the session ends. */
export async function replayToken(writer: Writer): Promise<boolean> {
  const entry = writer.pick((one) => staleToken(one) !== undefined);
  const token = entry && staleToken(entry);
  if (!token) return false;
  await writer.try(entry, {
    action: "replay",
    request: reconnectRequest(entry, { token: token.text }),
    possible: [AFTER],
    wanted: "token_reused",
    accept: () => {
      entry.command = newCommand();
      return AFTER;
    },
  });
  return true;
}

function staleToken({ tokens }: LedgerEntry): KnownToken | undefined {
  return tokens.find(({ spent }) => {
    const successor = tokens.find(({ text }) => text === spent?.successor);
    return successor !== undefined && successor.spent !== null;
  });
}
