const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
  ["ms", 1],
] as const;
const UNIT_MS = new Map<string, number>(UNITS);
const LONGEST_MS = 3_650 * 86_400_000;

/** `10m`, `1h30m`, `500ms`; null when it is no span, or longer than ten years. */
export function parseSpan(text: string): number | null {
  if (!/^(?:\d{1,13}(?:ms|[smhd]))+$/.test(text)) return null;
  let total = 0;
  for (const [, digits = "", unit = ""] of text.matchAll(/(\d+)(ms|[smhd])/g)) {
    total += Number(digits) * (UNIT_MS.get(unit) ?? Number.NaN);
  }
  return total <= LONGEST_MS ? total : null;
}

/** The shortest way to write a span with one unit. */
export function printSpan(ms: number): string {
  if (ms === 0) return "0s";
  const [unit, unitMs] = UNITS.find(([, length]) => ms % length === 0) ?? (["ms", 1] as const);
  return `${String(ms / unitMs)}${unit}`;
}
