import type { ListSessionsQuery, SessionFilterQuery, SessionList } from "@/lib/contract/session-list";
import { decodeCursor, encodeCursor } from "@/lib/contract/cursor";
import { HoldfastError } from "@/lib/domain/errors";
import { parseQuery } from "@/lib/domain/session-query/parse-query";
import { exactly, type QueryTerm } from "@/lib/domain/session-query/query-term";
import type { SessionFilter } from "@/lib/store/session-list-store";
import type { ServiceContext } from "./context";
import { isoTime, presentSession } from "./present-session";
import { sweepExpired } from "./sweep";

/**
 * One page of sessions by filter and order. Keyset paging: sessions that come and go meanwhile neither repeat nor hide
 * others, and a page costs the same wherever it starts. Not by last activity, which has no index: there each page looks at
 * all open sessions again, and one used in between moves to the front.
 * @throws invalid_cursor
 */
export async function listSessions(ctx: ServiceContext, query: ListSessionsQuery): Promise<SessionList> {
  if (query.sort === "endedAt") await recordOverdue(ctx);
  const now = ctx.clock.now();
  const { sort, order, limit } = query;
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor, { sort, order });
  if (after === "invalid") {
    throw new HoldfastError("invalid_cursor", "The cursor does not belong to this order; start from the first page.");
  }
  const rows = await ctx.store.listSessions({
    ...toSessionFilter(ctx, query, now),
    sort,
    order,
    limit: limit + 1,
    after,
  });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    sessions: page.map(({ session }) => presentSession(ctx, session, now)),
    nextCursor: last ? encodeCursor({ sort, order, value: last.sortValue, pk: last.session.pk }) : null,
    generatedAt: isoTime(now),
  };
}

/** Which sessions a query means at `now`; the list, and whatever acts on what it shows, mean the same. */
export function toSessionFilter(ctx: ServiceContext, query: SessionFilterQuery, now: number): SessionFilter {
  return { terms: toTerms(query), thresholds: ctx.policy.thresholds, now };
}

/** The parameters of their own as terms of the query language, before those of the query. */
function toTerms(filter: SessionFilterQuery): QueryTerm[] {
  const { status, health, server, client, principal, q, query = "" } = filter;
  const parsed = parseQuery(query);
  if (parsed.problem) throw new HoldfastError("invalid_request", `query: ${parsed.problem.message}.`);
  const isNot = false;
  return [
    ...(status ? [{ isNot, field: "status" as const, values: status }] : []),
    ...(health ? [{ isNot, field: "health" as const, values: health }] : []),
    ...(server !== undefined ? [{ isNot, field: "server" as const, values: [exactly(server)] }] : []),
    ...(client !== undefined ? [{ isNot, field: "client" as const, values: [exactly(client)] }] : []),
    ...(principal !== undefined ? [{ isNot, field: "principal" as const, values: [exactly(principal)] }] : []),
    ...(q !== undefined ? [{ isNot, field: "text" as const, text: q }] : []),
    ...parsed.terms,
  ];
}

/** The order by end needs ends that are recorded. While the database takes no writes, the next sweep brings them. */
async function recordOverdue(ctx: ServiceContext): Promise<void> {
  if (ctx.health.overdueAt(ctx.clock.now()) === 0) return;
  try {
    await sweepExpired(ctx);
  } catch (error) {
    ctx.log.warn({ err: error }, "could not record overdue sessions before listing ends");
  }
}
