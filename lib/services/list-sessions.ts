import type { ListSessionsQuery, SessionList } from "@/lib/contract/session-list";
import { decodeCursor, encodeCursor } from "@/lib/contract/cursor";
import { HoldfastError } from "@/lib/domain/errors";
import type { ServiceContext } from "./context";
import { isoTime, presentSession } from "./present-session";
import { sweepExpired } from "./sweep";

/**
 * One page of sessions by filter and order. Keyset paging: a page costs the same wherever it starts, and sessions that
 * come and go meanwhile neither repeat nor hide others; by last activity, one used in between moves to the front.
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
    statuses: query.status ?? null,
    health: query.health ?? null,
    server: query.server ?? null,
    client: query.client ?? null,
    principal: query.principal ?? null,
    text: query.q ?? null,
    sort,
    order,
    limit: limit + 1,
    after,
    thresholds: ctx.policy.thresholds,
    now,
  });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    sessions: page.map(({ session }) => presentSession(ctx, session, now)),
    nextCursor: last ? encodeCursor({ sort, order, value: last.sortValue, pk: last.session.pk }) : null,
    generatedAt: isoTime(now),
  };
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
