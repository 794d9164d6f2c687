"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { DialogDescription } from "@/components/ui/dialog";
import type { Termination } from "@/lib/contract/termination-jobs";
import type { ApiError } from "@/lib/web/api-error";
import { pluralize } from "@/lib/web/format-number";
import { describeOutcome, isOver } from "@/lib/web/termination/prepare-progress";
import { useCancelTermination } from "@/lib/web/termination/use-terminations";
import { JobFigures } from "./job-figures";
import { JobProgressBar } from "./job-progress-bar";
import { JobResults } from "./job-results";
import { ProgressAnnouncer } from "./progress-announcer";
import { RequestProblem } from "./request-problem";
import { StepHeading } from "./step-heading";

interface JobStepProps {
  job: Termination;
  /** Why its figures could not be read anew. */
  error: ApiError | null;
  onClose: () => void;
}

/** Third step: how far it has come, and what became of each session. */
export function JobStep({ job, error, onClose }: JobStepProps) {
  const cancel = useCancelTermination();
  const [showsResults, setShowsResults] = useState(false);
  const hasEnded = isOver(job);
  return (
    <>
      <StepHeading>{headingOf(job)}</StepHeading>
      <DialogDescription>
        {hasEnded
          ? describeOutcome(job)
          : "You may close this window: it goes on, and the page keeps a way back to it. Cancelling leaves the rest as it is."}
      </DialogDescription>
      <ProgressAnnouncer job={job} />
      <div className="mt-4 space-y-4">
        <JobProgressBar job={job} />
        <JobFigures job={job} />
        <RequestProblem error={cancel.error ?? error} />
        {(showsResults || hasEnded) && job.count > 0 && <JobResults job={job} />}
        <div className="flex flex-wrap justify-end gap-2">
          {!hasEnded && !showsResults && (
            <Button
              variant="ghost"
              onClick={() => {
                setShowsResults(true);
              }}
              className="mr-auto"
            >
              Show sessions
            </Button>
          )}
          {!hasEnded && (
            <Button
              variant="secondary"
              className="text-danger"
              disabled={cancel.isPending}
              onClick={() => {
                cancel.mutate(job.id);
              }}
            >
              Cancel the rest
            </Button>
          )}
          <Button variant={hasEnded ? "primary" : "secondary"} onClick={onClose}>
            {hasEnded ? "Done" : "Close"}
          </Button>
        </div>
      </div>
    </>
  );
}

function headingOf({ state, count, progress }: Termination): string {
  if (state === "running") return `Terminating ${pluralize(count, "session")}…`;
  if (state === "cancelled") return "Termination stopped";
  return progress.failed > 0 ? "Terminated, with failures" : "Terminated";
}
