import { Braces, CircleSlash, type LucideIcon, MessageSquare, OctagonX, Pencil, Plus, TimerOff } from "lucide-react";
import { TimeAgo } from "@/components/ui/time-ago";
import type { SessionEvent } from "@/lib/contract/events";
import { describeEndReason } from "@/lib/web/describe-end-reason";

const LOOKS: Record<SessionEvent["type"], { label: string; Icon: LucideIcon }> = {
  created: { label: "Created", Icon: Plus },
  updated: { label: "Updated", Icon: Pencil },
  state_written: { label: "State written", Icon: Braces },
  messages_appended: { label: "Messages appended", Icon: MessageSquare },
  expired: { label: "Expired", Icon: TimerOff },
  closed: { label: "Closed", Icon: CircleSlash },
  terminated: { label: "Terminated", Icon: OctagonX },
};

interface TimelineEventProps {
  event: SessionEvent;
}

export function TimelineEvent({ event }: TimelineEventProps) {
  const { label, Icon } = LOOKS[event.type];
  const { detail, ...data } = event.data ?? {};
  const facts = Object.entries(data);
  return (
    <li className="relative flex gap-3 pb-5 last:pb-0 [&:not(:last-child)]:before:absolute [&:not(:last-child)]:before:top-7 [&:not(:last-child)]:before:bottom-0 [&:not(:last-child)]:before:left-3.5 [&:not(:last-child)]:before:w-px [&:not(:last-child)]:before:bg-line-strong">
      <span className="grid size-7 shrink-0 place-items-center rounded-full border bg-sunken text-ink-soft">
        <Icon aria-hidden="true" className="size-3.5" />
      </span>
      <div className="min-w-0 flex-1 pt-1 text-[13px]">
        <p className="flex flex-wrap justify-between gap-x-3">
          <span className="font-medium">{label}</span>
          <span className="text-xs text-ink-soft">
            <TimeAgo at={event.at} />
          </span>
        </p>
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
      </div>
    </li>
  );
}
