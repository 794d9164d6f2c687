import type { SessionFacets } from "@/lib/contract/session-list";
import { formatCount } from "../format-number";

/** `12,345 sessions`, `250,000+ sessions` where not all have been looked at. */
export function describeTotal({ total, isComplete }: SessionFacets): { text: string; number: string } {
  const number = `${formatCount(total)}${isComplete ? "" : "+"}`;
  return { number, text: `${number} ${total === 1 && isComplete ? "session" : "sessions"}` };
}

/** How many of the query's sessions are probes, hidden or not; null when there are none and none are hidden. */
export function describeProbes(
  { facets, isComplete }: SessionFacets,
  isHidden: boolean,
): { text: string; isHidden: boolean } | null {
  const count = facets.is.find(({ value }) => value === "probe")?.count ?? 0;
  if (count === 0 && !isHidden) return null;
  const probes = `${formatCount(count)}${isComplete ? "" : "+"} ${count === 1 ? "probe" : "probes"}`;
  return { text: isHidden ? `${probes} hidden` : `Hide ${probes}`, isHidden };
}
