import { goodTokens } from "../ledger-entry";
import { sessionRequest } from "../session-requests";
import type { Writer } from "../writer";

/** Few enough that the registry never has to void one, whatever was cut off. */
const MOST_TOKENS = 3;

export async function issueToken(writer: Writer): Promise<boolean> {
  const entry = writer.pick(
    (one) => ["active", "disconnected"].includes(one.facts.status) && goodTokens(one).length < MOST_TOKENS,
  );
  if (!entry) return false;
  await writer.try(entry, {
    action: "token",
    request: sessionRequest(entry, { method: "POST", part: "/token" }),
    possible: [],
    accept: ([reply]) => {
      const { token } = reply?.body as { token: string };
      entry.tokens.push({ text: token, isSent: false, spent: null });
      return {};
    },
  });
  return true;
}
