import type { EndReason } from "@/lib/domain/session";
import { END_REASON_ORDER } from "./describe-end-reason";
import { formatShare } from "./format-number";

export interface EndsRow {
  reason: EndReason;
  count: number;
  /** Of all ends. */
  share: string | null;
  /** Length of its bar: 1 for the most frequent reason. */
  ratio: number;
}

/** The reasons that occurred, most frequent first. */
export function prepareEndsByReason(endsByReason: Partial<Record<EndReason, number>>): EndsRow[] {
  const rows = END_REASON_ORDER.map((reason) => ({ reason, count: endsByReason[reason] ?? 0 })).filter(
    ({ count }) => count > 0,
  );
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  const largest = Math.max(...rows.map(({ count }) => count));
  return rows
    .sort((a, b) => b.count - a.count)
    .map(({ reason, count }) => ({ reason, count, share: formatShare(count, total), ratio: count / largest }));
}
