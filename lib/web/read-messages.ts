import type { MessageList } from "@/lib/contract/messages";
import { getSessionMessages, LATEST_MESSAGES } from "./api-client";
import { addLater, type MessageWindow } from "./message-window";

/** What one click on "Show earlier" brings. */
export const MESSAGES_LIMIT = 50;
const CATCH_UP_LIMIT = 200;

interface ReadMessages {
  id: string;
  /** What has been read so far, asked anew after every answer: earlier messages may have joined meanwhile. */
  known: () => MessageWindow | undefined;
  signal: AbortSignal;
}

/** The latest messages at first, afterwards only what has come since. */
export async function readMessages({ id, known, signal }: ReadMessages): Promise<MessageWindow> {
  const last = known()?.messages.at(-1)?.seq;
  if (last === undefined) {
    const page = await getSessionMessages(id, { before: LATEST_MESSAGES, limit: MESSAGES_LIMIT }, signal);
    return addLater(undefined, page);
  }
  const later = await readAfter(id, last, signal);
  return addLater(known(), later);
}

/** Everything after a `seq`, as one page. */
async function readAfter(id: string, after: number, signal: AbortSignal): Promise<MessageList> {
  const page = await getSessionMessages(id, { after, limit: CATCH_UP_LIMIT }, signal);
  if (page.nextAfter === null) return page;
  const rest = await readAfter(id, page.nextAfter, signal);
  return { ...rest, messages: [...page.messages, ...rest.messages] };
}
