import type { Message, MessageList } from "@/lib/contract/messages";

/** The part of a session's messages that has been read: without holes, up to the latest. */
export interface MessageWindow {
  messages: readonly Message[];
  /** Pass as `before` for earlier messages; null when there are none. */
  nextBefore: number | null;
  messageCount: number;
}

/** Messages that have come since; the window stays where it begins. */
export function addLater(
  window: MessageWindow | undefined,
  { messages, nextBefore, messageCount }: MessageList,
): MessageWindow {
  if (!window) return { messages, nextBefore, messageCount };
  const last = window.messages.at(-1)?.seq ?? 0;
  const later = messages.filter(({ seq }) => seq > last);
  return { ...window, messages: later.length > 0 ? [...window.messages, ...later] : window.messages, messageCount };
}

/** Messages from before the window; a page that was asked for twice is added once. */
export function addEarlier(window: MessageWindow, { messages, nextBefore }: MessageList): MessageWindow {
  const first = window.messages.at(0)?.seq ?? Infinity;
  const earlier = messages.filter(({ seq }) => seq < first);
  if (earlier.length === 0) return window;
  return { ...window, messages: [...earlier, ...window.messages], nextBefore };
}
