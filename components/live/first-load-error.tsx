import { PlugZap } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { ApiError } from "@/lib/web/api-error";
import { classNames } from "@/lib/web/class-names";

interface FirstLoadErrorProps {
  error: ApiError;
  isFetching: boolean;
  onRetry: () => void;
  /** Within a panel that has a frame already. */
  isFramed?: boolean;
}

/** Nothing has ever arrived: there is no last data to show. */
export function FirstLoadError({ error, isFetching, onRetry, isFramed = false }: FirstLoadErrorProps) {
  return (
    <div
      role="alert"
      className={classNames(
        "flex flex-col items-center px-6 py-16 text-center",
        !isFramed && "rounded-xl border bg-surface shadow-card",
      )}
    >
      <div className="mb-4 grid size-11 place-items-center rounded-xl bg-bad-soft text-bad">
        <PlugZap aria-hidden="true" className="size-5" />
      </div>
      <p className="text-base font-semibold tracking-tight">{error.title}</p>
      <p className="mt-1.5 max-w-prose text-sm text-ink-soft">{error.detail}</p>
      {error.hint !== null && <p className="max-w-prose text-sm text-ink-soft">{error.hint}</p>}
      <Button variant="secondary" className="mt-5" onClick={onRetry} aria-disabled={isFetching}>
        {isFetching ? "Trying…" : "Try again"}
      </Button>
    </div>
  );
}
