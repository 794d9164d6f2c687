import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { TimeAgo } from "@/components/ui/time-ago";

interface TimelineLineProps {
  Icon: LucideIcon;
  label: string;
  /** ISO 8601. */
  at: string;
  children?: ReactNode;
}

/** One line of a timeline, joined to the next by a rule. */
export function TimelineLine({ Icon, label, at, children }: TimelineLineProps) {
  return (
    <li className="relative flex gap-3 pb-5 last:pb-0 [&:not(:last-child)]:before:absolute [&:not(:last-child)]:before:top-7 [&:not(:last-child)]:before:bottom-0 [&:not(:last-child)]:before:left-3.5 [&:not(:last-child)]:before:w-px [&:not(:last-child)]:before:bg-line-strong">
      <span className="grid size-7 shrink-0 place-items-center rounded-full border bg-sunken text-ink-soft">
        <Icon aria-hidden="true" className="size-3.5" />
      </span>
      <div className="min-w-0 flex-1 pt-1 text-[13px]">
        <p className="flex flex-wrap justify-between gap-x-3">
          <span className="font-medium">{label}</span>
          <span className="text-xs text-ink-soft">
            <TimeAgo at={at} />
          </span>
        </p>
        {children}
      </div>
    </li>
  );
}
