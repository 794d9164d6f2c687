import type { ExportSessionsQuery } from "@/lib/contract/session-list";
import type { Session } from "@/lib/contract/session";
import type { ServiceContext } from "./context";
import { listSessions } from "./list-sessions";

/** What is parsed and written in one go: the largest sessions have some 30 KiB each. */
const PAGE = 100;

/** All sessions of a query, page by page, each read when it is asked for: what is exported is never in memory as a whole. */
export async function* exportSessions(ctx: ServiceContext, query: ExportSessionsQuery): AsyncGenerator<Session[]> {
  const { format: _, ...list } = query;
  for (let cursor: string | undefined; ;) {
    const { sessions, nextCursor } = await listSessions(ctx, { ...list, limit: PAGE, cursor });
    yield sessions;
    if (nextCursor === null) return;
    cursor = nextCursor;
  }
}
