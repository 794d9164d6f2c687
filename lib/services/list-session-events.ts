import type { ListEventsQuery, SessionEventList } from "@/lib/contract/events";
import type { ServiceContext } from "./context";
import { isoTime } from "./present-session";
import { requireSession } from "./require-session";

/**
 * A session's timeline, oldest first.
 * @throws session_not_found
 */
export async function listSessionEvents(
  ctx: ServiceContext,
  id: string,
  { after, limit }: ListEventsQuery,
): Promise<SessionEventList> {
  const events = await ctx.store.listEvents(id, { after, limit: limit + 1 });
  if (events.length === 0) await requireSession(ctx, id);
  const page = events.slice(0, limit);
  return {
    events: page.map((event) => ({ ...event, at: isoTime(event.at) })),
    nextAfter: events.length > limit ? (page.at(-1)?.seq ?? null) : null,
  };
}
