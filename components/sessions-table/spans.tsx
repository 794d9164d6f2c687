"use client";

import type { Session } from "@/lib/contract/session";
import { formatSpan } from "@/lib/web/format-duration";
import { useScreenNow } from "@/lib/web/live/use-screen-now";

type SpansOf = Pick<Session, "status" | "createdAt" | "lastActivityAt" | "inFlight" | "idleMs" | "uptimeMs">;

/** From its beginning to its end; of an active one up to now. */
export function Uptime({ session: { status, createdAt, uptimeMs } }: { session: SpansOf }) {
  const now = useScreenNow();
  return formatSpan(status === "active" ? Math.max(0, now - Date.parse(createdAt)) : uptimeMs);
}

/** Since the last request of an active one; none while one is in flight. */
export function Idle({ session: { status, lastActivityAt, inFlight, idleMs } }: { session: SpansOf }) {
  const now = useScreenNow();
  if (status !== "active") return null;
  const isCounting = inFlight === 0;
  return `idle ${formatSpan(isCounting ? Math.max(0, now - Date.parse(lastActivityAt)) : idleMs)}`;
}
