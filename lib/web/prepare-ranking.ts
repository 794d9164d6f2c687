import type { OriginRanking } from "@/lib/contract/health";
import { pluralize } from "./format-number";

export interface RankingRow {
  key: string;
  label: string;
  /** Not a name, but what stands for it. */
  isPlaceholder: boolean;
  active: number;
  started: number;
  /** Length of the bar: 1 for the most active sessions of all rows. */
  ratio: number;
}

/** Up to `limit` rows, the last for everything that has none of its own; together all sessions of the range. */
export function prepareRanking({ top, other }: OriginRanking, limit: number): RankingRow[] {
  const isAllShown = top.length <= limit && other.names === 0 && other.active + other.started === 0;
  const shown = isAllShown ? top : top.slice(0, limit - 1);
  const rest = top.slice(shown.length);
  const most = Math.max(1, ...shown.map(({ active }) => active));
  const rows = shown.map(({ name, active, started }) => ({
    ...{ key: `name:${name ?? ""}`, label: name ?? "not reported", isPlaceholder: name === null, active, started },
    ratio: active / most,
  }));
  if (isAllShown) return rows;
  const names = other.names + rest.length;
  const active = other.active + sumOf(rest, "active");
  const started = other.started + sumOf(rest, "started");
  const label = names === 0 ? "others" : pluralize(names, "other");
  return [...rows, { key: "other", label, isPlaceholder: true, active, started, ratio: Math.min(1, active / most) }];
}

function sumOf(counts: readonly { active: number; started: number }[], figure: "active" | "started"): number {
  return counts.reduce((sum, count) => sum + count[figure], 0);
}
