"use client";

import { useMemo } from "react";
import { OutdatedNote } from "@/components/live/outdated-note";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { formatCount, pluralize } from "@/lib/web/format-number";
import { prepareTimeline } from "@/lib/web/prepare-timeline";
import { useSessionEvents } from "@/lib/web/use-session";
import { TimelineEvent } from "./timeline-event";
import { TimelineWrites } from "./timeline-writes";

interface SessionTimelineProps {
  id: string;
}

/** What happened to the session, oldest first. */
export function SessionTimeline({ id }: SessionTimelineProps) {
  const { data, error, dataUpdatedAt, isFetching, refetch } = useSessionEvents(id);
  const entries = useMemo(() => prepareTimeline(data?.events ?? []), [data]);
  return (
    <Card
      title="Timeline"
      {...(data && { description: pluralize(data.events.length, "event") })}
      className="self-start"
    >
      <div className="px-4 pt-1 pb-4 sm:px-5">
        {error && <OutdatedNote {...{ error, dataUpdatedAt, isFetching }} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton className="h-24" />}
        {data && (
          <ol className={error ? "outdated mt-3" : ""}>
            {entries.map((entry) =>
              entry.kind === "event" ? (
                <TimelineEvent key={entry.event.seq} event={entry.event} />
              ) : (
                <TimelineWrites key={entry.seq} entry={entry} />
              ),
            )}
          </ol>
        )}
        {typeof data?.nextAfter === "number" && (
          <p className="mt-3 text-xs text-ink-soft">
            These are the first {formatCount(data.events.length)} events; the next ones follow.
          </p>
        )}
      </div>
    </Card>
  );
}
