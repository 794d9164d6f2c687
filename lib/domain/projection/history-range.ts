export const HISTORY_RANGES = ["15m", "1h", "6h", "24h", "7d"] as const;
export type HistoryRange = (typeof HISTORY_RANGES)[number];

/** What a range is made of. */
export const RANGE_SHAPES: Record<HistoryRange, { minutesPerPoint: number; points: number }> = {
  "15m": { minutesPerPoint: 1, points: 15 },
  "1h": { minutesPerPoint: 1, points: 60 },
  "6h": { minutesPerPoint: 5, points: 72 },
  "24h": { minutesPerPoint: 15, points: 96 },
  "7d": { minutesPerPoint: 60, points: 168 },
};
