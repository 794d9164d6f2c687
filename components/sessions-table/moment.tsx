"use client";

import { formatRelative } from "@/lib/web/format-time";
import { useScreenNow } from "@/lib/web/live/use-screen-now";

/** The one tip that speaks for all moments of a table. */
export const MOMENT_TIP_ID = "moment-tip";

interface MomentProps {
  /** ISO 8601; null for never. */
  at: string | null;
  /** Whether the keyboard reaches it: in the current row only. */
  isReachable: boolean;
}

/** A moment as seen from now; the table's tip has it exactly, on hover and on focus. */
export function Moment({ at, isReachable }: MomentProps) {
  const now = useScreenNow();
  if (at === null) return <span className="text-ink-soft">—</span>;
  return (
    <time
      dateTime={at}
      data-moment=""
      tabIndex={isReachable ? 0 : -1}
      aria-describedby={MOMENT_TIP_ID}
      className="rounded-sm underline decoration-line decoration-dotted underline-offset-4"
    >
      {formatRelative(Math.min(Date.parse(at), now), now)}
    </time>
  );
}
