import { ownersRequest } from "../session-requests";
import type { Writer } from "../writer";

/** Reports a lost transport. Sessions of a fickle process may be disconnected already, for another reason. */
export async function disconnectSession(writer: Writer): Promise<boolean> {
  const entry = writer.pick(({ facts }) => facts.status === "active" && facts.boot?.isFickle !== true);
  if (!entry) return false;
  const detail = `cut in round ${String(writer.ledger.round)}`;
  const body = { reason: "transport_lost", detail };
  const after = { status: "disconnected", endReason: "transport_lost", endDetail: detail } as const;
  await writer.try(entry, {
    action: "disconnect",
    request: ownersRequest(entry, { method: "POST", part: "/disconnect", body }),
    possible: [after],
    accept: () => after,
  });
  return true;
}
