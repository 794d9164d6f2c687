"use client";

import type { SessionEvent } from "@/lib/contract/events";
import { describeEvent } from "@/lib/web/describe-event";
import { useTimeZone } from "@/lib/web/use-time-zone";
import { EVENT_LOOKS } from "./event-looks";
import { TimelineLine } from "./timeline-line";

interface TimelineEventProps {
  event: SessionEvent;
}

export function TimelineEvent({ event }: TimelineEventProps) {
  const { sentences, quote, facts } = describeEvent(event, useTimeZone());
  return (
    <TimelineLine {...EVENT_LOOKS[event.type]} at={event.at}>
      {sentences.length > 0 && <p className="wrap-anywhere text-ink-soft">{sentences.join(" ")}</p>}
      {quote !== null && <q className="wrap-anywhere text-ink-soft">{quote}</q>}
      {facts.length > 0 && (
        <dl className="mt-1.5 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-xs">
          {facts.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-ink-soft">{name}</dt>
              <dd className="font-mono break-all">{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </TimelineLine>
  );
}
