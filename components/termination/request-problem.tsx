import { Alert } from "@/components/ui/alert";
import type { ApiError } from "@/lib/web/api-error";

interface RequestProblemProps {
  error: ApiError | null;
}

/** Why the registry did not do what it was asked; nothing without an error. */
export function RequestProblem({ error }: RequestProblemProps) {
  if (error === null) return null;
  return (
    <Alert title={error.title}>
      <p>{error.detail}</p>
      {error.hint !== null && <p>{error.hint}</p>}
    </Alert>
  );
}
