const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A span in at most two units, cut and not rounded: `850 ms`, `4 s`, `3 min 12 s`, `1 h 04 min`, `2 d 3 h`. */
export function formatDuration(ms: number): string {
  if (ms < SECOND) return ms < 1 ? "0 s" : `${String(Math.floor(ms))} ms`;
  if (ms < MINUTE) return `${whole(ms, SECOND)} s`;
  if (ms < HOUR) return `${whole(ms, MINUTE)} min ${twoDigits(ms % MINUTE, SECOND)} s`;
  if (ms < DAY) return `${whole(ms, HOUR)} h ${twoDigits(ms % HOUR, MINUTE)} min`;
  return `${whole(ms, DAY)} d ${whole(ms % DAY, HOUR)} h`;
}

/** The same without milliseconds, for spans that are read at a glance: idle time, uptime, age. */
export function formatSpan(ms: number): string {
  return ms >= 1 && ms < SECOND ? "<1 s" : formatDuration(ms);
}

/** A span that somebody chose, exact and without a second unit of zero: `1.5 s`, `5 min`. */
export function formatSetting(ms: number): string {
  if (ms < MINUTE) return ms < SECOND ? `${String(ms)} ms` : `${String(ms / SECOND)} s`;
  return formatSpan(ms).replace(/ 0+ (?:s|min|h)$/, "");
}

function whole(ms: number, unit: number): string {
  return String(Math.floor(ms / unit));
}

function twoDigits(ms: number, unit: number): string {
  return whole(ms, unit).padStart(2, "0");
}
