import type { Instance } from "@/lib/contract/instances";
import type { Session } from "@/lib/contract/session";

type Served = Pick<Session, "status" | "endReason">;

/** How an instance stands to the session that named it, in one sentence. */
export function describeOwner({ status, endReason }: Served, { status: process }: Pick<Instance, "status">): string {
  if (status === "active") {
    return process === "alive" ? "Serves this session." : "Served this session last; it is not running now.";
  }
  if (status !== "disconnected") return "Served this session last.";
  if (process !== "alive") return "Served this session until it was disconnected; it is not running now.";
  return endReason === "transport_lost"
    ? "Is running, but has lost the connection to the client."
    : "Is running again, and has not claimed this session.";
}
