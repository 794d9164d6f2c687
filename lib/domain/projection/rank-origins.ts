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

/** Names may come by the ten thousand: none is given more than a look unless it is among the first. */
function rank(groups: readonly OriginGroup[], { field, started }: Dimension, limit: number): OriginRanking {
  const { byName, crowd } = countActive(groups, field);
  const top: OriginCount[] = [];
  const all = { names: 0, active: crowd, started: started.other };
  const take = (name: string | null, active: number, starts: number): void => {
    all.names += 1;
    all.active += active;
    all.started += starts;
    insert(top, { name, active, started: starts }, limit);
  };
  for (const [name, starts] of started.byName) take(name, byName.get(name) ?? 0, starts);
  for (const [name, active] of byName) if (!started.byName.has(name)) take(name, active, 0);
  const other = { ...all, names: all.names - top.length };
  for (const entry of top) {
    other.active -= entry.active;
    other.started -= entry.started;
  }
  return { top, other };
}

/** Active sessions by name, and those whose clients are not told apart. */
function countActive(groups: readonly OriginGroup[], field: OriginField) {
  const byName = new Map<string | null, number>();
  let crowd = 0;
  for (const group of groups) {
    if (field === "client" && group.isCrowd) crowd += group.active;
    else if (group.active > 0) byName.set(group[field], (byName.get(group[field]) ?? 0) + group.active);
  }
  return { byName, crowd };
}

/** Keeps the first `limit` of all that are inserted, in order. */
function insert(top: OriginCount[], entry: OriginCount, limit: number): void {
  const last = top.at(-1);
  if (top.length >= limit && last && !isBefore(entry, last)) return;
  const place = top.findIndex((other) => isBefore(entry, other));
  top.splice(place < 0 ? top.length : place, 0, entry);
  if (top.length > limit) top.pop();
}

/** The busier first, and names in order among equals, so that rows do not change places for nothing. */
function isBefore(one: OriginCount, other: OriginCount): boolean {
  const ahead = one.active + one.started - other.active - other.started;
  return ahead > 0 || (ahead === 0 && (one.name ?? "") < (other.name ?? ""));
}
