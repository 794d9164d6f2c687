import {
  Braces,
  CircleSlash,
  type LucideIcon,
  MessageSquare,
  OctagonX,
  Pencil,
  Plus,
  RefreshCw,
  TimerOff,
} from "lucide-react";
import type { SessionEvent } from "@/lib/contract/events";
import { describeEndReason } from "@/lib/web/describe-end-reason";
import { TimelineLine } from "./timeline-line";

const LOOKS: Record<SessionEvent["type"], { label: string; Icon: LucideIcon }> = {
  created: { label: "Created", Icon: Plus },
  updated: { label: "Updated", Icon: Pencil },
  state_written: { label: "State written", Icon: Braces },
  messages_appended: { label: "Messages appended", Icon: MessageSquare },
  renewed: { label: "Renewed", Icon: RefreshCw },
  expired: { label: "Expired", Icon: TimerOff },
  closed: { label: "Closed", Icon: CircleSlash },
  terminated: { label: "Terminated", Icon: OctagonX },
};

interface TimelineEventProps {
  event: SessionEvent;
}

export function TimelineEvent({ event }: TimelineEventProps) {
  const { detail, ...data } = event.data ?? {};
  const facts = Object.entries(data);
  return (
    <TimelineLine {...LOOKS[event.type]} at={event.at}>
      {event.reason !== null && <p className="text-ink-soft">{describeEndReason(event.reason).sentence}</p>}
      {typeof detail === "string" && <q className="text-ink-soft">{detail}</q>}
      {facts.length > 0 && (
        <dl className="mt-1.5 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-xs">
          {facts.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-ink-soft">{name}</dt>
              <dd className="font-mono break-all">{typeof value === "string" ? value : JSON.stringify(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </TimelineLine>
  );
}
