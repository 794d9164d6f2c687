import type { SessionFacets, SessionFilterQuery } from "@/lib/contract/session-list";
import type { ServiceContext } from "./context";
import { toSessionFilter } from "./list-sessions";
import { isoTime } from "./present-session";

/** Sessions looked at for one answer: some hundred milliseconds of work, done bit by bit. */
const MAX_SCANNED = 250_000;
const MAX_VALUES = 50;
const MAX_CACHED = 50;
const MIN_AGE_MS = 2_000;
const MAX_AGE_MS = 10_000;
/** An answer is kept for so many times as long as it took: however many ask, counting takes a small part of the time. */
const AGE_PER_COST = 20;

interface Cached {
  answer: Promise<SessionFacets>;
  /** Infinite while it is being counted. */
  goodUntil: number;
}

const caches = new WeakMap<ServiceContext["store"], Map<string, Cached>>();

/** How many sessions match, and by what they differ. May be some seconds old: those who ask at the same time share an answer. */
export async function countSessionFacets(ctx: ServiceContext, query: SessionFilterQuery): Promise<SessionFacets> {
  const cache = caches.get(ctx.store) ?? new Map<string, Cached>();
  caches.set(ctx.store, cache);
  const now = ctx.clock.now();
  const filter = toSessionFilter(ctx, query, now);
  const key = JSON.stringify(filter.terms);
  const known = cache.get(key);
  if (known && known.goodUntil > now) return known.answer;
  const cached: Cached = { answer: count(), goodUntil: Number.POSITIVE_INFINITY };
  cache.delete(key);
  cache.set(key, cached);
  dropOldest(cache);
  return cached.answer;

  async function count(): Promise<SessionFacets> {
    try {
      const limits = { maxScanned: MAX_SCANNED, maxValues: MAX_VALUES };
      const counts = await ctx.store.countFacets({ ...filter, ...limits });
      const endsAt = ctx.clock.now();
      cached.goodUntil = endsAt + Math.min(MAX_AGE_MS, Math.max(MIN_AGE_MS, (endsAt - now) * AGE_PER_COST));
      return { ...counts, generatedAt: isoTime(now) };
    } catch (error) {
      cache.delete(key);
      throw error;
    }
  }
}

/** One that is being counted stays, so that nobody counts it a second time meanwhile. */
function dropOldest(cache: Map<string, Cached>): void {
  for (const [key, { goodUntil }] of cache) {
    if (cache.size <= MAX_CACHED) return;
    if (Number.isFinite(goodUntil)) cache.delete(key);
  }
}
