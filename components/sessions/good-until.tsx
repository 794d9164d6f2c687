"use client";

import { formatSpan } from "@/lib/web/format-duration";
import { formatAbsolute } from "@/lib/web/format-time";
import { useRegistryNow } from "@/lib/web/use-registry-now";
import { useTimeZone } from "@/lib/web/use-time-zone";

interface GoodUntilProps {
  /** ISO 8601. */
  at: string;
}

/** For how long something that cannot be seen is still good. */
export function GoodUntil({ at }: GoodUntilProps) {
  const until = Date.parse(at);
  const leftMs = until - useRegistryNow();
  const absolute = formatAbsolute(until, useTimeZone());
  return (
    <time dateTime={at} title={absolute}>
      {leftMs < 1_000 ? "expired" : `good for ${formatSpan(leftMs)}`}
      <span className="text-ink-soft"> · {absolute}</span>
    </time>
  );
}
