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

/** One message of at least one frame. */
export function composeMessage(items: readonly FeedItem[]): Buffer {
  const texts = items.map(({ text }) => text).join(",");
  return Buffer.from(items.length === 1 ? texts : `{"type":"batch","frames":[${texts}]}`);
}
