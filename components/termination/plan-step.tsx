"use client";

import { LoaderCircle } from "lucide-react";
import { type SyntheticEvent, useState } from "react";
import { ReasonField } from "@/components/sessions/reason-field";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { DialogDescription, DialogTitle } from "@/components/ui/dialog";
import { DEFAULT_PER_SECOND, MAX_TERMINATION_IDS } from "@/lib/contract/termination-jobs";
import { formatCount } from "@/lib/web/format-number";
import { describeTarget } from "@/lib/web/termination/describe-plan";
import { readPace } from "@/lib/web/termination/read-numbers";
import { filterOf, type TerminationTarget } from "@/lib/web/termination/termination-client";
import { usePlanTermination } from "@/lib/web/termination/use-terminations";
import { PaceField } from "./pace-field";
import { RequestProblem } from "./request-problem";

interface PlanStepProps {
  target: TerminationTarget;
  /** Gets the plan's id. */
  onPlanned: (id: string) => void;
  onCancel: () => void;
}

/** First step: why, and how fast. */
export function PlanStep({ target, onPlanned, onCancel }: PlanStepProps) {
  const [reason, setReason] = useState("");
  const [pace, setPace] = useState(String(DEFAULT_PER_SECOND));
  const plan = usePlanTermination();
  const perSecond = readPace(pace);
  const isTooMany = "ids" in target && target.ids.length > MAX_TERMINATION_IDS;
  const canPlan = perSecond !== null && !isTooMany && !plan.isPending;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!canPlan) return;
    // A reason is one line on the wire.
    const request = { target: filterOf(target), reason: reason.replace(/\s+/g, " ").trim(), perSecond };
    plan.mutate(request, {
      onSuccess: ({ id }) => {
        onPlanned(id);
      },
    });
  };
  return (
    <>
      <DialogTitle>Terminate many sessions</DialogTitle>
      <DialogDescription>
        Next you see exactly which sessions it would end. Nothing is ended before you confirm that.
      </DialogDescription>
      <form onSubmit={submit} noValidate className="mt-4 space-y-4">
        <div className="rounded-lg border bg-sunken px-3.5 py-3 text-[13px]">
          <p>{describeTarget(target)}</p>
          {"query" in target && target.query.trim() !== "" && (
            <code className="mt-1 block font-mono break-words">{target.query}</code>
          )}
        </div>
        <ReasonField value={reason} onChange={setReason} isDisabled={plan.isPending} />
        <PaceField value={pace} onChange={setPace} isInvalid={perSecond === null} />
        {isTooMany && (
          <Alert tone="warn" title={`At most ${formatCount(MAX_TERMINATION_IDS)} sessions can be picked by hand`}>
            <p>Filter for what they have in common, and select the whole query.</p>
          </Alert>
        )}
        <RequestProblem error={plan.error} />
        <div className="flex justify-end gap-2">
          <Button variant="secondary" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" aria-disabled={!canPlan}>
            {plan.isPending && <LoaderCircle aria-hidden="true" className="animate-spin" />}
            {plan.isPending ? "Looking…" : "Show what it would end"}
          </Button>
        </div>
      </form>
    </>
  );
}
