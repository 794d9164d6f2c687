"use client";

import { Hourglass } from "lucide-react";
import type { Instance } from "@/lib/contract/instances";
import { describeDrain } from "@/lib/web/describe-drain";
import { pluralize } from "@/lib/web/format-number";
import { formatAbsolute, formatClock } from "@/lib/web/format-time";
import type { Counts } from "@/lib/web/prepare-servers";
import { useRegistryNow } from "@/lib/web/use-registry-now";
import { useTimeZone } from "@/lib/web/use-time-zone";

interface DrainNoteProps {
  drain: Instance["drain"];
  sessions: Counts;
}

/** That the instance takes no new sessions, by when it is to be free, and how far it is. */
export function DrainNote({ drain, sessions }: DrainNoteProps) {
  const now = useRegistryNow();
  const timeZone = useTimeZone();
  if (drain === null) return null;
  const { since, deadlineAt } = drain;
  return (
    <p className="mb-3 flex items-start gap-2 rounded-md bg-accent-soft px-2.5 py-1.5 text-[13px] text-accent-strong">
      <Hourglass aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" />
      <span>
        Takes no new sessions since {formatClock(Date.parse(since), timeZone)} ·{" "}
        <span
          className="font-medium"
          {...(deadlineAt !== null && { title: formatAbsolute(Date.parse(deadlineAt), timeZone) })}
        >
          {describeDrain(drain, now)}
        </span>{" "}
        · {sessions.active === 0 ? "no active session left" : `${pluralize(sessions.active, "active session")} left`}
      </span>
    </p>
  );
}
