"use client";

import type { Session } from "@/lib/contract/session";
import { expiresInMs } from "@/lib/web/expires-in";
import { formatSpan } from "@/lib/web/format-duration";
import { formatAbsolute } from "@/lib/web/format-time";
import { useNow } from "@/lib/web/use-now";
import { useTimeZone } from "@/lib/web/use-time-zone";

interface ExpiresInProps {
  session: Session;
  dataUpdatedAt: number;
}

export function ExpiresIn({ session, dataUpdatedAt }: ExpiresInProps) {
  const remainingMs = expiresInMs(session, useNow() - dataUpdatedAt);
  const timeZone = useTimeZone();
  if (session.expiresAt === null || remainingMs === null) return null;
  const absolute = formatAbsolute(Date.parse(session.expiresAt), timeZone);
  return (
    <time dateTime={session.expiresAt} title={absolute}>
      {remainingMs === 0 ? "now, unless it was used again" : `in ${formatSpan(remainingMs)}, unless used before`}
      <span className="text-ink-soft"> · {absolute}</span>
    </time>
  );
}
