"use client";

import { CircleCheck, LoaderCircle } from "lucide-react";
import { Button } from "@/components/ui/button";
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
            {job.state === "running" ? (
              <LoaderCircle aria-hidden="true" className="animate-spin" />
            ) : (
              <CircleCheck aria-hidden="true" />
            )}
            {job.state === "running"
              ? `Terminating ${formatCount(settledOf(job))} of ${formatCount(job.count)}`
              : `Terminated ${formatCount(job.progress.ended)} of ${formatCount(job.count)}`}
          </Button>
        </li>
      ))}
    </ul>
  );
}
