"use client";

import { CircleCheck, Clock, type LucideIcon, TriangleAlert } from "lucide-react";
import { describeAnswer } from "@/lib/web/describe-answer";
import { formatAbsolute, formatClockExact } from "@/lib/web/format-time";
import type { Termination } from "@/lib/web/prepare-termination";
import { useTimeZone } from "@/lib/web/use-time-zone";

interface TerminationOutcomeProps {
  termination: Termination;
}

const LOOKS: Record<"waiting" | "done" | "unknown_session" | "failed", { Icon: LucideIcon; colour: string }> = {
  waiting: { Icon: Clock, colour: "text-ink-soft" },
  done: { Icon: CircleCheck, colour: "text-good" },
  unknown_session: { Icon: CircleCheck, colour: "text-good" },
  failed: { Icon: TriangleAlert, colour: "text-bad" },
};

/** What became of the order to end a session: it is enforced either way, this says whether its server has carried it out. */
export function TerminationOutcome({ termination: { requestedAt, answer } }: TerminationOutcomeProps) {
  const timeZone = useTimeZone();
  const { Icon, colour } = LOOKS[answer?.outcome ?? "waiting"];
  const at = Date.parse(requestedAt);
  return (
    <span role="status" className="flex items-start gap-1.5">
      <Icon aria-hidden="true" className={`mt-0.5 size-4 shrink-0 ${colour}`} />
      <span className="min-w-0">
        Requested{" "}
        <time dateTime={requestedAt} title={formatAbsolute(at, timeZone)}>
          {formatClockExact(at, timeZone)}
        </time>{" "}
        · {answer === null ? "no answer yet: refused at its next use" : describeAnswer(answer)}
        {answer?.detail && (
          <>
            {" "}
            <q className="text-ink-soft">{answer.detail}</q>
          </>
        )}
      </span>
    </span>
  );
}
