import { HoldfastError, isHoldfastError } from "@/lib/domain/errors";
import type { ServiceContext } from "@/lib/services/context";
import { renewSession } from "@/lib/services/renew-session";

/**
 * A write that finds its session expired makes sure that it has a successor and fails with the successor's id. Nothing
 * is written to it: only the caller knows whether the change makes sense in a session without the old one's content.
 */
export async function renewedWhenExpired<T>(ctx: ServiceContext, id: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isHoldfastError(error) || error.code !== "session_expired") throw error;
    const { renewed } = await renewSession(ctx, id, {});
    throw new HoldfastError("session_expired", "The session has expired; nothing was written to it.", {
      ...error.fields,
      newSessionId: renewed.newSessionId,
      nextStep: `Repeat the call with session_id ${JSON.stringify(renewed.newSessionId)}: a new session with the same server, client and labels, but without the old one's state and messages (get_session still reads those of the old one).`,
    });
  }
}
