import { MAX_TERMINATION_SESSIONS, type PlanTerminationBody, type Termination } from "@/lib/contract/termination-jobs";
import { TerminationJob } from "@/lib/domain/termination-job";
import type { FrozenSessions, SessionSet } from "@/lib/store/termination-store";
import type { ServiceContext } from "./context";
import { toSessionFilter } from "./list-sessions";
import { presentSession } from "./present-session";
import { presentFilter, presentSample, presentTermination } from "./present-termination";

/** How long a plan may be started: what it shows grows old. */
export const PLAN_TTL_MS = 15 * 60_000;
const MAX_SAMPLE = 20;
const MAX_SERVERS = 10;

/**
 * Settles which sessions a termination will end, and ends none: the set is frozen here, and starting the plan ends these
 * and no others.
 */
export async function planTermination(ctx: ServiceContext, body: PlanTerminationBody): Promise<Termination> {
  const now = ctx.clock.now();
  const set = toSet(ctx, body, now);
  const frozen = await ctx.store.terminations.freezeSessions(set, MAX_TERMINATION_SESSIONS);
  const { sessions } = frozen;
  const job = new TerminationJob({
    id: ctx.ids.newId(),
    targets: sessions.map(({ id, server }) => ({ id, server })),
    reason: body.reason,
    perSecond: body.perSecond,
    now,
    ttlMs: PLAN_TTL_MS,
  });
  const sample = await ctx.store.findSessionsByPk(spread(sessions, MAX_SAMPLE).map(({ pk }) => pk));
  const details = {
    filter: body.filter ? presentFilter(body.filter) : null,
    byStatus: countByStatus(sessions),
    ...countByServer(sessions),
    sample: sample.map((record) => presentSample(presentSession(ctx, record, now))),
    excluded: whyNot(set, frozen),
    readUpTo: { seq: 0, at: null },
  };
  const entry = { job, details };
  ctx.terminations.add(entry);
  return presentTermination(entry, ctx.clock.now());
}

function toSet(ctx: ServiceContext, { ids, filter = {} }: PlanTerminationBody, now: number): SessionSet {
  return ids ? { ids: [...new Set(ids)], now } : { filter: toSessionFilter(ctx, filter, now), now };
}

function whyNot(set: SessionSet, { matched, terminable, sessions }: FrozenSessions): Termination["excluded"] {
  const excluded = [
    { reason: "already_ended" as const, count: matched - terminable },
    { reason: "unknown" as const, count: "ids" in set ? set.ids.length - matched : 0 },
    { reason: "over_limit" as const, count: terminable - sessions.length },
  ];
  return excluded.filter(({ count }) => count > 0);
}

/** Up to `count` of the items, from the first to the last at even distances. */
function spread<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  const step = (items.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, index) => items[Math.round(index * step)]).filter(
    (item): item is T => item !== undefined,
  );
}

function countByStatus(sessions: FrozenSessions["sessions"]): Termination["byStatus"] {
  const counts = { active: 0, disconnected: 0, expired: 0 };
  for (const { status } of sessions) counts[status] += 1;
  return counts;
}

function countByServer(sessions: FrozenSessions["sessions"]): Pick<Termination, "byServer" | "otherServers"> {
  const counts = new Map<string, number>();
  for (const { server } of sessions) counts.set(server, (counts.get(server) ?? 0) + 1);
  const ranked = [...counts]
    .map(([server, count]) => ({ server, count }))
    .sort((a, b) => b.count - a.count || (a.server < b.server ? -1 : 1));
  const byServer = ranked.slice(0, MAX_SERVERS);
  return { byServer, otherServers: byServer.reduce((rest, { count }) => rest - count, sessions.length) };
}
