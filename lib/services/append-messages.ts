import { type AppendedMessages, type AppendMessagesBody, MAX_MESSAGES_PER_SESSION } from "@/lib/contract/messages";
import { HoldfastError } from "@/lib/domain/errors";
import type { ServiceContext, SessionRef } from "./context";
import { presentMessage } from "./present-message";
import { requireSession, sessionFenced, sessionUnusable } from "./require-session";

/**
 * Appends to a session's message context, all or nothing, in order; counts as activity. A message whose id is known
 * already is answered as it was appended first, so a retry is harmless.
 * @throws session_not_found, session_gone, session_expired, session_disconnected, session_fenced, message_id_reused, too_many_messages, storage_busy, storage_full
 */
export async function appendMessages(
  ctx: ServiceContext,
  { id, ifEpoch = null }: SessionRef,
  body: AppendMessagesBody,
): Promise<AppendedMessages> {
  const messages = body.messages.map((message) => ({ ...message, id: message.id ?? null }));
  const ids = messages.map((message) => message.id).filter((messageId) => messageId !== null);
  if (new Set(ids).size < ids.length) throw idReused();
  const now = ctx.clock.now();
  const result = await ctx.store.appendMessages({ id, messages, maxMessages: MAX_MESSAGES_PER_SESSION, ifEpoch, now });
  if (result.outcome === "won") {
    return { messages: result.messages.map(presentMessage), messageCount: result.messageCount };
  }
  if (result.outcome === "id_reused") throw idReused();
  if (result.outcome === "full") {
    throw new HoldfastError(
      "too_many_messages",
      `A session holds at most ${String(MAX_MESSAGES_PER_SESSION)} messages.`,
    );
  }
  const record = await requireSession(ctx, id);
  const unusable = sessionFenced(record, { ifEpoch }) ?? sessionUnusable(record, now, ctx);
  throw unusable ?? new HoldfastError("storage_busy", "The session changed while it was being written; try again.");
}

function idReused(): HoldfastError {
  return new HoldfastError("message_id_reused", "A message id stands for another message of this session already.");
}
