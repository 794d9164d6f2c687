const FIRST_MS = 2_000;
const LONGEST_MS = 30_000;

/** How long to wait before the next attempt: 1–2 s at first, twice as long each time, 15–30 s in the end. */
export function reconnectDelay(failures: number, random: number): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(longest * (0.5 + random / 2));
}
