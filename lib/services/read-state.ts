import type { StateRecord } from "@/lib/store/session-content-store";
import type { ServiceContext } from "./context";
import { sessionNotFound } from "./require-session";

/**
 * A session's state with its version, 0 while nobody has written it. Readable for as long as the session is on record.
 * @throws session_not_found
 */
export async function readState(ctx: ServiceContext, id: string): Promise<StateRecord> {
  const state = await ctx.store.readState(id);
  if (!state) throw sessionNotFound(id);
  return state;
}
