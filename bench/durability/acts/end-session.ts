import type { EndAs } from "@/lib/domain/lifecycle";
import { newCommand } from "../note-commands";
import { ownersRequest } from "../session-requests";
import type { Writer } from "../writer";

export function closeSession(writer: Writer): Promise<boolean> {
  return end(writer, "closed");
}

export function terminateSession(writer: Writer): Promise<boolean> {
  return end(writer, "terminated");
}

async function end(writer: Writer, as: EndAs): Promise<boolean> {
  const entry = writer.pick(({ facts }) => facts.status === "active" || facts.status === "disconnected");
  if (!entry) return false;
  const reason = `${as} by ${writer.name}`;
  const endReason = as === "closed" ? "server_closed" : "operator_terminated";
  const after = { status: as, endReason, endDetail: reason };
  await writer.try(entry, {
    action: as === "closed" ? "close" : "terminate",
    request: ownersRequest(entry, { method: "DELETE", body: { as, reason } }),
    possible: [after],
    accept: () => {
      if (as === "terminated") entry.command = newCommand();
      return after;
    },
  });
  return true;
}
