import type { Session } from "@/lib/contract/session";
import type { SessionFilterQuery } from "@/lib/contract/session-list";
import { CONFIRM_ABOVE, type Termination, type TerminationSummary } from "@/lib/contract/termination-jobs";
import { isoOrNull, isoTime } from "./present-session";
import type { TerminationEntry } from "./terminations";

export function presentTerminationSummary({ job, details }: TerminationEntry, now: number): TerminationSummary {
  const { id, reason, perSecond, stoppedBy, counts } = job;
  return {
    ...{ id, state: job.stateAt(now), stoppedBy, reason, perSecond, filter: details.filter },
    createdAt: isoTime(job.createdAt),
    expiresAt: isoTime(job.expiresAt),
    startedAt: isoOrNull(job.startedAt),
    endedAt: isoOrNull(job.endedAt),
    count: job.targets.length,
    progress: { ...counts, acknowledged: job.acknowledged },
    etaMs: job.etaMs(now),
  };
}

export function presentTermination(entry: TerminationEntry, now: number): Termination {
  const { readUpTo: _, ...details } = entry.details;
  const summary = presentTerminationSummary(entry, now);
  return { ...summary, ...details, needsConfirmation: summary.count > CONFIRM_ABOVE };
}

/** A filter as it stands in a URL. */
export function presentFilter(filter: SessionFilterQuery): Record<string, string> {
  return Object.fromEntries(
    Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}

export function presentSample(session: Session): Termination["sample"][number] {
  const { id, server, clientInfo, clientId, principal, status, idleMs, requestCount } = session;
  return { id, server, clientInfo, clientId, principal, status, idleMs, requestCount };
}
