"use client";

import type { ReactNode } from "react";
import type { Session } from "@/lib/contract/session";
import { formatSpan } from "@/lib/web/format-duration";
import { formatCount } from "@/lib/web/format-number";
import { queryKeys } from "@/lib/web/query-keys";
import { useCurrentAges } from "@/lib/web/use-current-ages";
import { useTerminatingIds } from "@/lib/web/use-terminate-session";
import { SessionStatusBadge } from "./session-status-badge";

interface SessionFiguresProps {
  session: Session;
}

export function SessionFigures({ session }: SessionFiguresProps) {
  const isTerminating = useTerminatingIds().has(session.id);
  const { errorCount, requestCount, inFlight } = session;
  const [{ idleMs, uptimeMs } = session] = useCurrentAges([session], queryKeys.session(session.id));
  return (
    <section aria-label="Figures" className="rounded-xl border bg-surface shadow-card">
      <dl className="grid grid-cols-2 gap-x-4 gap-y-4 px-4 py-4 sm:grid-cols-3 sm:px-5 xl:grid-cols-6">
        <Figure label="Status" value={<SessionStatusBadge {...{ session, isTerminating }} />} />
        <Figure label="Uptime" value={formatSpan(uptimeMs)} />
        <Figure label="Idle" value={formatSpan(idleMs)} />
        <Figure label="Requests" value={formatCount(requestCount)} />
        <Figure label="In flight" value={formatCount(inFlight)} />
        <Figure label="Errors" value={formatCount(errorCount)} isBad={errorCount > 0} />
      </dl>
    </section>
  );
}

interface FigureProps {
  label: string;
  value: ReactNode;
  isBad?: boolean;
}

function Figure({ label, value, isBad = false }: FigureProps) {
  return (
    <div>
      <dt className="text-xs text-ink-soft">{label}</dt>
      <dd
        className={`mt-0.5 flex min-h-7 items-center text-lg font-semibold tracking-tight ${isBad ? "text-bad" : ""}`}
      >
        {value}
      </dd>
    </div>
  );
}
