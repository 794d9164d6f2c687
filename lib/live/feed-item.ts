import type { SingleFrame } from "@/lib/contract/live";

/** What a viewer wants to hear of; null: everything. */
export interface LiveFilter {
  server: string | null;
  session: string | null;
}

/** A frame with what filters ask about. However many viewers it goes to, it becomes text once. */
export class FeedItem {
  readonly frame: SingleFrame;
  /** Null: it concerns everybody. */
  readonly server: string | null;
  readonly sessionId: string | null;
  #text: string | undefined;

  constructor(frame: SingleFrame, about: { server: string; sessionId: string | null } | null = null) {
    this.frame = frame;
    this.server = about?.server ?? null;
    this.sessionId = about?.sessionId ?? null;
  }

  get text(): string {
    return (this.#text ??= JSON.stringify(this.frame));
  }

  matches({ server, session }: LiveFilter): boolean {
    if (this.server === null) return true;
    return (server === null || server === this.server) && (session === null || session === this.sessionId);
  }
}

/** A message beyond this is made two of: one that a healthy viewer cannot take in at once must not cost it its place. */
const MESSAGE_LENGTH = 128 * 1024;

/** Frames as messages of a good size, at least one. What shares a position stays together: a viewer may go on after any message. */
export function composeMessages(items: readonly FeedItem[]): Message[] {
  const messages: FeedItem[][] = [];
  let length = 0;
  for (const item of items) {
    const current = messages.at(-1);
    const isSamePosition = current?.at(-1)?.frame.seq === item.frame.seq;
    if (!current || (length + item.text.length > MESSAGE_LENGTH && !isSamePosition)) {
      messages.push([item]);
      length = item.text.length;
    } else {
      current.push(item);
      length += item.text.length;
    }
  }
  return messages.map((part) => ({ bytes: composeMessage(part), seq: part.at(-1)?.frame.seq ?? 0 }));
}

export interface Message {
  bytes: Buffer;
  /** The position of its last frame. */
  seq: number;
}

/** One message of at least one frame. */
export function composeMessage(items: readonly FeedItem[]): Buffer {
  const texts = items.map(({ text }) => text).join(",");
  return Buffer.from(items.length === 1 ? texts : `{"type":"batch","frames":[${texts}]}`);
}
