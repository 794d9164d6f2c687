import type { SessionEventList } from "@/lib/contract/events";
import { getSessionEvents } from "./api-client";

/** One poll reads so many pages; the next one reads on. */
const PAGES_PER_READ = 10;

interface ReadEvents {
  id: string;
  /** The timeline as read before: events never change, so only later ones are asked for. */
  known: SessionEventList | undefined;
  signal: AbortSignal;
}

/** A session's timeline from its beginning; `nextAfter` is null when it is complete. */
export async function readEvents({ id, known, signal }: ReadEvents): Promise<SessionEventList> {
  let events = known?.events ?? [];
  let nextAfter: number | null = events.at(-1)?.seq ?? 0;
  for (let pages = 0; pages < PAGES_PER_READ && nextAfter !== null; pages += 1) {
    const page: SessionEventList = await getSessionEvents(id, nextAfter, signal);
    if (page.events.length > 0) events = [...events, ...page.events];
    nextAfter = page.nextAfter;
  }
  return { events, nextAfter };
}
