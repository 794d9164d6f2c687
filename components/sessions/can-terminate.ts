import type { Session } from "@/lib/contract/session";

/** Whether a session is in use or may still come back: the others have ended already. */
export function canTerminate({ status }: Pick<Session, "status">): boolean {
  return status === "active" || status === "disconnected";
}
