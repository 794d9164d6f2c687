import type { OriginGroup } from "./origin-groups";
import { type NamedCounts, ORIGIN_FIELDS, type OriginField, type RangeSums } from "./range-totals";

export interface OriginCount {
  /** Null: nobody has said. */
  name: string | null;
  /** Active now. */
  active: number;
  /** Started within the range. */
  started: number;
}

/** The busiest first, and everything else in one; together they make up every session. */
export interface OriginRanking {
  top: OriginCount[];
  other: { names: number; active: number; started: number };
}

/** Ranks servers, clients and protocol revisions by their sessions active now and started in the range. */
export function rankOrigins(
  groups: Iterable<OriginGroup>,
  started: RangeSums["started"],
  limit: number,
): Record<OriginField, OriginRanking> {
  const all = [...groups];
  const [server, client, protocol] = ORIGIN_FIELDS.map((field) => rank(all, { field, started: started[field] }, limit));
  const none: OriginRanking = { top: [], other: { names: 0, active: 0, started: 0 } };
  return { server: server ?? none, client: client ?? none, protocol: protocol ?? none };
}

interface Dimension {
  field: OriginField;
  started: NamedCounts;
}

function rank(groups: readonly OriginGroup[], { field, started }: Dimension, limit: number): OriginRanking {
  const counts = new Map<string | null, OriginCount>();
  const countOf = (name: string | null): OriginCount => {
    const known = counts.get(name);
    if (known) return known;
    const count = { name, active: 0, started: 0 };
    counts.set(name, count);
    return count;
  };
  const other = { names: 0, active: 0, started: started.other };
  for (const group of groups) {
    if (field === "client" && group.isCrowd) other.active += group.active;
    else if (group.active > 0) countOf(group[field]).active += group.active;
  }
  for (const [name, count] of started.byName) countOf(name).started += count;
  const ranked = [...counts.values()].sort(byWeight);
  for (const { active, started: rest } of ranked.slice(limit)) {
    other.names += 1;
    other.active += active;
    other.started += rest;
  }
  return { top: ranked.slice(0, limit), other };
}

/** Names in order among equals, so that rows do not change places for nothing. */
function byWeight(a: OriginCount, b: OriginCount): number {
  return b.active + b.started - a.active - a.started || (a.name ?? "").localeCompare(b.name ?? "", "en");
}
