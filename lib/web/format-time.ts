import { formatSpan } from "./format-duration";

/** `4 s ago`, `in 3 min 12 s`; within a second either way it is `now`. */
export function formatRelative(at: number, now: number): string {
  const distance = now - at;
  if (Math.abs(distance) < 1_000) return "now";
  return distance > 0 ? `${formatSpan(distance)} ago` : `in ${formatSpan(-distance)}`;
}

/** `20 Nov 2026, 07:34:12 UTC`, the same text in every browser and on the server. */
export function formatAbsolute(at: number, timeZone: string): string {
  const part = partsOf(at, timeZone);
  return `${part("day")} ${part("month")} ${part("year")}, ${clock(part)}:${part("second")} ${part("timeZoneName")}`;
}

/** `07:34:12` */
export function formatClock(at: number, timeZone: string): string {
  const part = partsOf(at, timeZone);
  return `${clock(part)}:${part("second")}`;
}

/** `07:34:12.045`, for moments that are compared with others close by. */
export function formatClockExact(at: number, timeZone: string): string {
  return `${formatClock(at, timeZone)}.${String(at % 1_000).padStart(3, "0")}`;
}

/** `07:34` */
export function formatHourMinute(at: number, timeZone: string): string {
  return clock(partsOf(at, timeZone));
}

/** `20 Nov` */
export function formatDay(at: number, timeZone: string): string {
  const part = partsOf(at, timeZone);
  return `${part("day")} ${part("month")}`;
}

type PartOf = (type: Intl.DateTimeFormatPartTypes) => string;

function clock(part: PartOf): string {
  return `${part("hour")}:${part("minute")}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    ...{ year: "numeric", month: "short", day: "numeric" },
    ...{ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", timeZoneName: "short" },
  });
  formats.set(timeZone, format);
  return format;
}

function partsOf(at: number, timeZone: string): PartOf {
  const parts = formatFor(timeZone).formatToParts(at);
  return (type) => parts.find((part) => part.type === type)?.value ?? "";
}
