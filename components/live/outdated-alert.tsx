import { RefreshCw } from "lucide-react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { ApiError } from "@/lib/web/api-error";
import { classNames } from "@/lib/web/class-names";

interface OutdatedAlertProps {
  error: ApiError;
  isFetching: boolean;
  onRetry: () => void;
}

/** A poll failed: what went wrong, while the last data stays on screen. */
export function OutdatedAlert({ error, isFetching, onRetry }: OutdatedAlertProps) {
  return (
    <Alert
      title={error.title}
      action={
        <Button variant="secondary" size="small" onClick={onRetry} aria-disabled={isFetching}>
          <RefreshCw aria-hidden="true" className={classNames("size-3.5!", isFetching && "animate-spin")} />
          Retry
        </Button>
      }
    >
      <p>
        {error.detail} {error.hint} Below is the last answer, which may no longer be true.
      </p>
    </Alert>
  );
}
