"use client";

import { CircleCheck, CircleSlash, LoaderCircle, TriangleAlert } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { TerminationSummary } from "@/lib/contract/termination-jobs";
import { formatCount } from "@/lib/web/format-number";
import { useRegistryNow } from "@/lib/web/use-registry-now";
import { recentJobs, settledOf } from "@/lib/web/termination/prepare-progress";
import { useTerminationInUrl } from "@/lib/web/termination/use-termination-in-url";
import { useBulkTerminations } from "@/lib/web/termination/use-terminations";

/** The way back to terminations that are running, or were until a moment ago; nothing while there are none. */
export function RunningTerminations() {
  const { data } = useBulkTerminations();
  const [, show] = useTerminationInUrl();
  const jobs = recentJobs(data?.terminations ?? [], useRegistryNow());
  if (jobs.length === 0) return null;
  return (
    <ul aria-label="Terminations" className="mb-3 flex flex-wrap gap-2">
      {jobs.map((job) => (
        <li key={job.id}>
          <Button
            variant="secondary"
            size="small"
            onClick={() => {
              show(job.id);
            }}
          >
            <StateIcon job={job} />
            {describe(job)}
          </Button>
        </li>
      ))}
    </ul>
  );
}

function StateIcon({ job: { state, progress } }: { job: TerminationSummary }) {
  if (state === "running") return <LoaderCircle aria-hidden="true" className="animate-spin" />;
  if (progress.failed > 0) return <TriangleAlert aria-hidden="true" className="text-bad" />;
  return state === "cancelled" ? <CircleSlash aria-hidden="true" /> : <CircleCheck aria-hidden="true" />;
}

function describe(job: TerminationSummary): string {
  const { state, count, progress } = job;
  if (state === "running") return `Terminating ${formatCount(settledOf(job))} of ${formatCount(count)}`;
  const ended = `${formatCount(progress.ended)} of ${formatCount(count)}`;
  return state === "cancelled" ? `Stopped after ${ended}` : `Terminated ${ended}`;
}
