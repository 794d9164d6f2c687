"use client";

import { RefreshCw, TriangleAlert } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { ApiError } from "@/lib/web/api-error";
import { classNames } from "@/lib/web/class-names";
import { formatClock } from "@/lib/web/format-time";
import { useTimeZone } from "@/lib/web/use-time-zone";

interface OutdatedNoteProps {
  error: ApiError;
  /** Epoch milliseconds of the last good answer; 0 when there was none. */
  dataUpdatedAt: number;
  isFetching: boolean;
  onRetry: () => void;
}

/** One part of a page could not be refreshed: a line above it, where the page's own alert would be too loud. */
export function OutdatedNote({ error, dataUpdatedAt, isFetching, onRetry }: OutdatedNoteProps) {
  const timeZone = useTimeZone();
  return (
    <p className="flex items-center gap-2 rounded-md bg-bad-soft px-2.5 py-1 text-[13px] text-bad">
      <TriangleAlert aria-hidden="true" className="size-3.5 shrink-0" />
      <span className="min-w-0 flex-1">
        {error.title}.{dataUpdatedAt > 0 && ` Last answer at ${formatClock(dataUpdatedAt, timeZone)}.`}
      </span>
      <Button variant="ghost" size="small" onClick={onRetry} aria-disabled={isFetching} className="text-bad">
        <RefreshCw aria-hidden="true" className={classNames("size-3.5!", isFetching && "animate-spin")} />
        Retry
      </Button>
    </p>
  );
}
