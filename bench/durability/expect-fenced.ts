import type { LedgerEntry } from "./ledger-entry";
import { sessionRequest } from "./session-requests";
import type { Writer } from "./writer";

/** The owner before, which does not know yet, must not be able to write any more. */
export async function expectFenced(writer: Writer, entry: LedgerEntry, formerEpoch: number): Promise<void> {
  const request = sessionRequest(entry, {
    ...{ method: "PUT", part: "/state", body: { last: -1 } },
    headers: { "Holdfast-Epoch": String(formerEpoch) },
  });
  const { code, status } = await writer.send("state", request, ["session_fenced", "session_expired"]);
  if (code === null) writer.object(`${entry.id}: the owner before the last wrote its state (${String(status)})`);
}
