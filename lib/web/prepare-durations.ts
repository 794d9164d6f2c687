import type { SessionHealthHistory } from "@/lib/contract/health";
import { formatSetting } from "./format-duration";
import { formatShare } from "./format-number";

export interface DurationBar {
  key: string;
  /** `1–5 min`. */
  label: string;
  count: number;
  share: string | null;
  /** Height of the bar: 1 for the fullest class. */
  ratio: number;
}

export interface Durations {
  total: number;
  bars: DurationBar[];
}

/** How long sessions lasted, in classes from the shortest to the longest. */
export function prepareDurations(durations: SessionHealthHistory["durations"]): Durations {
  const total = durations.reduce((sum, { count }) => sum + count, 0);
  const fullest = Math.max(1, ...durations.map(({ count }) => count));
  const bars = durations.map(({ fromMs, toMs, count }) => ({
    ...{ key: String(fromMs), label: labelOf(fromMs, toMs), count, share: formatShare(count, total) },
    ratio: count / fullest,
  }));
  return { total, bars };
}

function labelOf(fromMs: number, toMs: number | null): string {
  if (toMs === null) return `> ${formatSetting(fromMs)}`;
  if (fromMs === 0) return `< ${formatSetting(toMs)}`;
  const [from = "", unit] = formatSetting(fromMs).split(" ");
  return formatSetting(toMs).endsWith(` ${unit ?? ""}`)
    ? `${from}–${formatSetting(toMs)}`
    : `${formatSetting(fromMs)}–${formatSetting(toMs)}`;
}
