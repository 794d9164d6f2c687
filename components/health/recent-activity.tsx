"use client";

import Link from "next/link";
import { useRef, useState } from "react";
import { TerminateDialog } from "@/components/sessions/terminate-dialog";
import { Card } from "@/components/ui/card";
import { DataTable } from "@/components/ui/data-table";
import type { RecentSession } from "@/lib/contract/health";
import { sessionsHref } from "@/lib/web/sessions/session-view";
import { useWatchedSessions } from "@/lib/web/live/live-context";
import { queryKeys } from "@/lib/web/query-keys";
import { useCurrentAges } from "@/lib/web/use-current-ages";
import { useTerminatingIds } from "@/lib/web/use-terminate-session";
import { recentActivityColumns } from "./recent-activity-columns";

interface RecentActivityProps {
  sessions: readonly RecentSession[];
}

/** The sessions that were created, used or ended last. */
export function RecentActivity({ sessions }: RecentActivityProps) {
  // Held here and not in its row: polls may move the row out of the list while an operator writes a reason.
  const [target, setTarget] = useState<RecentSession | null>(null);
  const region = useRef<HTMLDivElement>(null);
  const rows = useCurrentAges(sessions, queryKeys.health());
  useWatchedSessions(sessions.map(({ id }) => id));
  const columns = recentActivityColumns({ terminatingIds: useTerminatingIds(), onTerminate: setTarget });
  return (
    <Card
      title="Recent activity"
      description={
        sessions.length === 1 ? "The only session" : `The ${String(sessions.length)} sessions with the latest activity`
      }
      actions={
        <Link
          href={sessionsHref()}
          className="rounded-sm text-[13px] font-medium text-accent underline underline-offset-4"
        >
          All sessions
        </Link>
      }
    >
      <div ref={region} tabIndex={-1} className="overflow-x-auto rounded-b-xl outline-none">
        <DataTable caption="Recent activity" columns={columns} rows={rows} rowKey={({ id }) => id} hasLinkedRows />
      </div>
      <TerminateDialog
        session={target}
        onClose={() => {
          setTarget(null);
        }}
        fallbackFocus={region}
      />
    </Card>
  );
}
