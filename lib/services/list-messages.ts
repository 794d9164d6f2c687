import type { ListMessagesQuery, MessageList } from "@/lib/contract/messages";
import type { ServiceContext } from "./context";
import { presentMessage } from "./present-message";
import { sessionNotFound } from "./require-session";

/**
 * A page of a session's messages, oldest first: from the start or after a position, or the latest before one.
 * @throws session_not_found
 */
export async function listMessages(ctx: ServiceContext, id: string, query: ListMessagesQuery): Promise<MessageList> {
  const { after = 0, before, limit } = query;
  const page = before === undefined ? { after, limit } : { before, limit };
  const found = await ctx.store.listMessages(id, page);
  if (!found) throw sessionNotFound(id);
  const first = found.messages.at(0)?.seq;
  const last = found.messages.at(-1)?.seq;
  return {
    messages: found.messages.map(presentMessage),
    nextAfter: last !== undefined && last < found.messageCount ? last : null,
    nextBefore: first !== undefined && first > 1 ? first : null,
    messageCount: found.messageCount,
  };
}
