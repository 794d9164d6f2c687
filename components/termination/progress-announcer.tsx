import type { TerminationSummary } from "@/lib/contract/termination-jobs";
import { describeOutcome, isOver, percentOf } from "@/lib/web/termination/prepare-progress";

interface ProgressAnnouncerProps {
  job: TerminationSummary;
}

/** Tells screen readers of every quarter and of the end, and no more often. */
export function ProgressAnnouncer({ job }: ProgressAnnouncerProps) {
  const quarter = Math.floor(percentOf(job) / 25) * 25;
  return (
    <p role="status" className="sr-only">
      {isOver(job) ? describeOutcome(job) : quarter > 0 && `${String(quarter)} per cent of the sessions are settled.`}
    </p>
  );
}
