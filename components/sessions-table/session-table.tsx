"use client";

import { type RefObject, useCallback } from "react";
import { OutdatedAlert } from "@/components/live/outdated-alert";
import { Skeleton } from "@/components/ui/skeleton";
import type { useSessionList } from "@/lib/web/sessions/use-session-list";
import { GridSkeleton } from "./grid-skeleton";
import { MomentTips } from "./moment-tips";
import { NoMatch } from "./no-match";
import { SessionGrid, type SessionGridProps } from "./session-grid";

interface SessionTableProps extends Omit<SessionGridProps, "sessions" | "loadMore"> {
  data: ReturnType<typeof useSessionList>;
  scroller: RefObject<HTMLDivElement | null>;
  /** Whether the query can be read at all. */
  isReadable: boolean;
  onClear: () => void;
}

/** The list in whatever state it is: on its way, empty, older than its query, cut short by an error. */
export function SessionTable({ data: { list, sessions }, isReadable, onClear, scroller, ...grid }: SessionTableProps) {
  const { hasNextPage, isFetchingNextPage, fetchNextPage, isPlaceholderData, error } = list;
  const canLoad = hasNextPage && !isFetchingNextPage && !isPlaceholderData && error === null;
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const isFiltered = grid.view.query !== "";
  if (list.data === undefined && isReadable) return <GridSkeleton />;
  if (!isReadable || (sessions.length === 0 && !isPlaceholderData)) {
    return (
      <div className="min-h-0 flex-1 overflow-auto">
        <NoMatch {...{ isFiltered, isReadable, onClear }} />
      </div>
    );
  }
  return (
    <>
      {error && (
        <div className="border-b p-2">
          <OutdatedAlert
            error={error}
            isFetching={list.isFetching}
            onRetry={() => void (list.isFetchNextPageError ? fetchNextPage() : list.refetch())}
          />
        </div>
      )}
      <MomentTips>
        <div
          ref={scroller}
          aria-busy={isPlaceholderData}
          className={`relative min-h-0 flex-1 overflow-auto overscroll-contain ${isPlaceholderData ? "outdated" : ""}`}
        >
          <SessionGrid {...grid} scroller={scroller} sessions={sessions} loadMore={canLoad ? loadMore : null} />
          {isFetchingNextPage && (
            <p className="flex items-center gap-3 px-4 py-3 text-[13px] text-ink-soft">
              <Skeleton className="size-4" /> Loading more…
            </p>
          )}
        </div>
      </MomentTips>
    </>
  );
}
