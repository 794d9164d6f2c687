import { Alert } from "@/components/ui/alert";
import { END_REASONS } from "@/lib/domain/session";
import type { ApiError } from "@/lib/web/api-error";
import { describeEndReason } from "@/lib/web/describe-end-reason";
import { hasEndedAlready } from "./has-ended-already";

interface TerminateProblemProps {
  error: ApiError;
}

/** Why the termination did not happen. */
export function TerminateProblem({ error }: TerminateProblemProps) {
  if (hasEndedAlready(error)) {
    return (
      <Alert tone="warn" title="This session had already ended">
        <p>{endOf(error)} Nothing was changed; the page shows its state as it is now.</p>
      </Alert>
    );
  }
  return (
    <Alert title={error.title}>
      <p>{error.detail}</p>
      {error.hint !== null && <p>{error.hint}</p>}
    </Alert>
  );
}

function endOf({ problem, detail }: ApiError): string {
  const reason = END_REASONS.find((candidate) => candidate === problem?.["endReason"]);
  return reason === undefined ? detail : describeEndReason(reason).sentence;
}
