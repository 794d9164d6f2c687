import type { SessionHealthSummary } from "@/lib/contract/health";
import type { SessionChanges } from "../announcer";
import { formatCount } from "../format-number";

/** What an operator should know without looking at the page; null when all is well. */
export interface Trouble {
  kind: "stale" | "lost";
  /** In front of the page's title. */
  mark: string;
}

interface TroubleFacts {
  summary: SessionHealthSummary | undefined;
  hasFailed: boolean;
}

/** Data that cannot be trusted comes first: whatever it says of lost sessions may no longer be true. */
export function prepareTrouble({ summary, hasFailed }: TroubleFacts): Trouble | null {
  if (hasFailed) return { kind: "stale", mark: "⚠ Stale" };
  const lost = summary?.statusBreakdown.byStatus.disconnected ?? 0;
  return lost > 0 ? { kind: "lost", mark: `(${formatCount(lost)} disconnected)` } : null;
}

/** What has become of sessions between two looks at them, as far as the figures tell. */
export function changesBetween(before: SessionHealthSummary, after: SessionHealthSummary): SessionChanges {
  const [was, is] = [before.statusBreakdown.byStatus, after.statusBreakdown.byStatus];
  const ended = is.closed + is.terminated + is.expired - was.closed - was.terminated - was.expired;
  return { ended: Math.max(0, ended), disconnected: Math.max(0, is.disconnected - was.disconnected) };
}
