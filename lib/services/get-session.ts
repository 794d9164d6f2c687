import type { Session } from "@/lib/contract/session";
import type { ServiceContext } from "./context";
import { presentSession } from "./present-session";
import { requireSession } from "./require-session";

/**
 * Reads a session without touching it.
 * @throws session_not_found
 */
export async function getSession(ctx: ServiceContext, id: string): Promise<Session> {
  return presentSession(ctx, await requireSession(ctx, id));
}
