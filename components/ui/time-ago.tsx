"use client";

import { formatAbsolute, formatRelative } from "@/lib/web/format-time";
import { useNow } from "@/lib/web/use-now";
import { useTimeZone } from "@/lib/web/use-time-zone";

interface TimeAgoProps {
  /** ISO 8601. */
  at: string;
  /** Shows the date and time as well, not only in the tooltip. */
  isFull?: boolean;
}

/** A moment as seen from now; the exact time is in its tooltip. */
export function TimeAgo({ at, isFull = false }: TimeAgoProps) {
  const now = useNow();
  const timeZone = useTimeZone();
  const moment = Date.parse(at);
  const absolute = formatAbsolute(moment, timeZone);
  return (
    <time dateTime={at} title={absolute}>
      {formatRelative(moment, now)}
      {isFull && <span className="text-ink-soft"> · {absolute}</span>}
    </time>
  );
}
