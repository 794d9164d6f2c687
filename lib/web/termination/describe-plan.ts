import { MAX_TERMINATION_SESSIONS, type Termination } from "@/lib/contract/termination-jobs";
import { formatDuration } from "../format-duration";
import { formatCount, pluralize } from "../format-number";
import type { TerminationTarget } from "./termination-client";

/** The sessions that were asked for. */
export function describeTarget(target: TerminationTarget): string {
  if ("ids" in target) return pluralize(target.ids.length, "selected session");
  const query = target.query.trim();
  return query === "" ? "Every session" : "Every session that matches";
}

/** A filter as one would type it; empty for every session. */
export function printFilter(filter: Readonly<Record<string, string>>): string {
  const { query = "", ...others } = filter;
  return [...Object.entries(others).map(([name, value]) => `${name}:${value}`), query].filter(Boolean).join(" ");
}

/** Why sessions that were asked for are not in the set. */
export function describeExclusion({ reason, count }: Termination["excluded"][number]): string {
  switch (reason) {
    case "already_ended":
      return `${pluralize(count, "session")} ${count === 1 ? "has" : "have"} already ended.`;
    case "unknown":
      return `${pluralize(count, "id")} ${count === 1 ? "is" : "are"} unknown.`;
    case "over_limit":
      return `${pluralize(count, "session")} over the limit of ${formatCount(MAX_TERMINATION_SESSIONS)}: terminate them with another plan.`;
  }
}

/** How long it will take at its pace: the first goes at once. */
export function describeDuration({ count, perSecond }: Pick<Termination, "count" | "perSecond">): string {
  const ms = Math.max(0, count - 1) * (1_000 / perSecond);
  return ms < 1_000 ? "less than a second" : `about ${formatDuration(ms)}`;
}
