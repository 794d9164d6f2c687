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

/** About how long a message may be: one that a healthy viewer cannot take in at once must not cost it its place. */
export const MESSAGE_LENGTH = 128 * 1024;

/** Frames in parts of a good length each, for those whose order does not matter. */
export function splitItems(items: readonly FeedItem[]): FeedItem[][] {
  const parts: FeedItem[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const item of items) {
    if (length + item.text.length > MESSAGE_LENGTH) {
      parts.push([]);
      length = 0;
    }
    parts.at(-1)?.push(item);
    length += item.text.length;
  }
  return parts;
}

/** One message of at least one frame. */
export function composeMessage(items: readonly FeedItem[]): Buffer {
  const texts = items.map(({ text }) => text).join(",");
  return Buffer.from(items.length === 1 ? texts : `{"type":"batch","frames":[${texts}]}`);
}
