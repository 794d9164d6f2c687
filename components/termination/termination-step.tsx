"use client";

import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { DialogTitle } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { useBulkTermination } from "@/lib/web/termination/use-terminations";
import { JobStep } from "./job-step";
import { RequestProblem } from "./request-problem";
import { ReviewStep } from "./review-step";

interface TerminationStepProps {
  id: string;
  /** Gets the id of the plan that takes this one's place. */
  onPlanned: (id: string) => void;
  onClose: () => void;
}

/** Second or third step, by what has become of the plan. */
export function TerminationStep({ id, onPlanned, onClose }: TerminationStepProps) {
  const { data: job, error } = useBulkTermination(id);
  if (job?.state === "planned" || job?.state === "expired") {
    return <ReviewStep plan={job} onPlanned={onPlanned} onClose={onClose} />;
  }
  if (job) return <JobStep job={job} error={error} onClose={onClose} />;
  return (
    <>
      <DialogTitle>Terminate many sessions</DialogTitle>
      <div className="mt-4 space-y-4">
        {job === null && <ForgottenNote />}
        {job === undefined && (error === null ? <Skeleton className="h-24" /> : <RequestProblem error={error} />)}
        <div className="flex justify-end">
          <Button variant="secondary" onClick={onClose}>
            Close
          </Button>
        </div>
      </div>
    </>
  );
}

function ForgottenNote() {
  return (
    <Alert tone="warn" title="This termination is not known any more">
      <p>
        Plans and their progress are kept in memory: Holdfast was restarted, or newer ones have taken its place. What it
        had ended stays ended; the other sessions were left as they were.
      </p>
    </Alert>
  );
}
