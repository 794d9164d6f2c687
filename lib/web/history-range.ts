import { HISTORY_RANGES, type HistoryRange } from "@/lib/domain/projection/history-range";

export const DEFAULT_RANGE: HistoryRange = "1h";

export const RANGE_NAMES: Record<HistoryRange, string> = {
  "15m": "Last 15 minutes",
  "1h": "Last hour",
  "6h": "Last 6 hours",
  "24h": "Last 24 hours",
  "7d": "Last 7 days",
};

export const RANGE_OPTIONS = HISTORY_RANGES.map((value) => ({ value, label: value, name: RANGE_NAMES[value] }));

/** The range a URL asks for, or the usual one. */
export function parseHistoryRange(value: unknown): HistoryRange {
  return HISTORY_RANGES.find((range) => range === value) ?? DEFAULT_RANGE;
}
