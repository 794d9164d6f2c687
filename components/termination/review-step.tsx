"use client";

import { LoaderCircle } from "lucide-react";
import { type SyntheticEvent, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { DialogDescription } from "@/components/ui/dialog";
import type { Termination } from "@/lib/contract/termination-jobs";
import { formatCount, pluralize } from "@/lib/web/format-number";
import { describeDuration } from "@/lib/web/termination/describe-plan";
import { readCount } from "@/lib/web/termination/read-numbers";
import { usePlanTermination, useStartTermination } from "@/lib/web/termination/use-terminations";
import { useRegistryNow } from "@/lib/web/use-registry-now";
import { ConfirmField } from "./confirm-field";
import { PlanBreakdown } from "./plan-breakdown";
import { PlanSample } from "./plan-sample";
import { RequestProblem } from "./request-problem";
import { StepHeading } from "./step-heading";

interface ReviewStepProps {
  plan: Termination;
  onPlanned: (id: string) => void;
  onClose: () => void;
}

/** Second step: exactly what it would end, and the operator's word for it. */
export function ReviewStep({ plan, onPlanned, onClose }: ReviewStepProps) {
  const [typed, setTyped] = useState("");
  const start = useStartTermination();
  const hasExpired = useRegistryNow() >= Date.parse(plan.expiresAt) || plan.state === "expired";
  const isConfirmed = !plan.needsConfirmation || readCount(typed) === plan.count;
  const canStart = isConfirmed && plan.count > 0 && !start.isPending;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (canStart) start.mutate({ id: plan.id, count: plan.count });
  };
  return (
    <>
      <StepHeading>
        {plan.count === 0 ? "Nothing to terminate" : `Terminate ${pluralize(plan.count, "session")}?`}
      </StepHeading>
      <DialogDescription>
        {plan.count === 0
          ? "None of the sessions that you asked for can be ended."
          : `They end for good, ${formatCount(plan.perSecond)} per second, which takes ${describeDuration(plan)}. These and no others: sessions that begin later are not touched.`}
      </DialogDescription>
      <form onSubmit={submit} noValidate className="mt-4 space-y-4">
        <PlanBreakdown plan={plan} />
        {plan.sample.length > 0 && <PlanSample plan={plan} />}
        {hasExpired ? (
          <ExpiredNote plan={plan} onPlanned={onPlanned} />
        ) : (
          plan.needsConfirmation && <ConfirmField count={plan.count} value={typed} onChange={setTyped} />
        )}
        <RequestProblem error={start.error} />
        <div className="flex justify-end gap-2">
          <Button variant="secondary" onClick={onClose} disabled={start.isPending}>
            {plan.count === 0 || hasExpired ? "Close" : "Cancel"}
          </Button>
          {plan.count > 0 && !hasExpired && (
            <Button type="submit" variant="danger" aria-disabled={!canStart} className="aria-disabled:opacity-60">
              {start.isPending && <LoaderCircle aria-hidden="true" className="animate-spin" />}
              {`Terminate ${pluralize(plan.count, "session")}`}
            </Button>
          )}
        </div>
      </form>
    </>
  );
}

function ExpiredNote({ plan, onPlanned }: Pick<ReviewStepProps, "plan" | "onPlanned">) {
  const again = usePlanTermination();
  const { filter, reason, perSecond } = plan;
  return (
    <Alert
      tone="warn"
      title="This plan has expired"
      action={
        filter !== null && (
          <Button
            variant="secondary"
            size="small"
            disabled={again.isPending}
            onClick={() => {
              again.mutate(
                { target: { filter }, reason: reason ?? "", perSecond },
                {
                  onSuccess: ({ id }) => {
                    onPlanned(id);
                  },
                },
              );
            }}
          >
            Look again
          </Button>
        )
      }
    >
      <p>
        {again.error?.detail ?? "It was made too long ago; the sessions may have changed since. Nothing was ended."}
      </p>
    </Alert>
  );
}
