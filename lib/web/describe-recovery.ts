import type { Session } from "@/lib/contract/session";
import { formatSpan } from "./format-duration";
import { formatClock, formatDay } from "./format-time";

const DAY_MS = 24 * 3_600_000;

/** `Recoverable until 12:15:00 (in 14 min 20 s)`; null for a session that is not waiting to be taken up again. */
export function describeRecovery(
  { status, expiresAt }: Pick<Session, "status" | "expiresAt">,
  now: number,
  timeZone: string,
): string | null {
  if (status !== "disconnected" || expiresAt === null) return null;
  const until = Date.parse(expiresAt);
  const leftMs = until - now;
  if (leftMs < 1_000) return "Its recovery window is closing now";
  const day = leftMs < DAY_MS ? "" : `${formatDay(until, timeZone)}, `;
  return `Recoverable until ${day}${formatClock(until, timeZone)} (in ${formatSpan(leftMs)})`;
}
