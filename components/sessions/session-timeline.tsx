"use client";

import { OutdatedNote } from "@/components/live/outdated-note";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { EVENTS_LIMIT } from "@/lib/web/api-client";
import { pluralize } from "@/lib/web/format-number";
import { useSessionEvents } from "@/lib/web/use-session";
import { TimelineEvent } from "./timeline-event";

interface SessionTimelineProps {
  id: string;
}

/** What happened to the session, oldest first. */
export function SessionTimeline({ id }: SessionTimelineProps) {
  const { data, error, dataUpdatedAt, isFetching, refetch } = useSessionEvents(id);
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
            {data.events.map((event) => (
              <TimelineEvent key={event.seq} event={event} />
            ))}
          </ol>
        )}
        {typeof data?.nextAfter === "number" && (
          <p className="mt-3 text-xs text-ink-soft">
            These are the first {EVENTS_LIMIT} events; the API has the rest, after number {data.nextAfter}.
          </p>
        )}
      </div>
    </Card>
  );
}
