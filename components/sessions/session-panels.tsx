import type { Session } from "@/lib/contract/session";
import { SessionClient } from "./session-client";
import { SessionFigures } from "./session-figures";
import { SessionInstance } from "./session-instance";
import { SessionLifecycle } from "./session-lifecycle";
import { SessionMessages } from "./session-messages";
import { SessionRecovery } from "./session-recovery";
import { SessionServer } from "./session-server";
import { SessionState } from "./session-state";
import { SessionTimeline } from "./session-timeline";

interface SessionPanelsProps {
  session: Session;
  dataUpdatedAt: number;
  isOutdated: boolean;
}

export function SessionPanels({ session, dataUpdatedAt, isOutdated }: SessionPanelsProps) {
  return (
    <div className={`grid gap-3 sm:gap-5 lg:grid-cols-3 ${isOutdated ? "outdated" : ""}`}>
      <SessionRecovery session={session} />
      <div className="flex min-w-0 flex-col gap-3 sm:gap-5 lg:col-span-2">
        <SessionFigures session={session} />
        <SessionLifecycle session={session} dataUpdatedAt={dataUpdatedAt} />
        <SessionInstance session={session} />
        <div className="grid gap-3 sm:gap-5 xl:grid-cols-2">
          <SessionServer session={session} />
          <SessionClient session={session} />
        </div>
        <SessionState session={session} />
        <SessionMessages session={session} />
      </div>
      <SessionTimeline id={session.id} />
    </div>
  );
}
