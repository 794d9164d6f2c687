"use client";

import { useRef, useState } from "react";
import { TerminateDialog } from "@/components/sessions/terminate-dialog";
import { Card } from "@/components/ui/card";
import { DataTable } from "@/components/ui/data-table";
import type { RecentSession } from "@/lib/contract/health";
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
  const columns = recentActivityColumns({ terminatingIds: useTerminatingIds(), onTerminate: setTarget });
  return (
    <Card title="Recent activity" description={`The ${String(sessions.length)} sessions with the latest activity`}>
      <div ref={region} tabIndex={-1} className="overflow-x-auto rounded-b-xl outline-none">
        <DataTable caption="Recent activity" columns={columns} rows={sessions} rowKey={({ id }) => id} />
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
