import { SessionStatusBadge } from "@/components/sessions/session-status-badge";
import { type Column, DataTable } from "@/components/ui/data-table";
import type { Termination, TerminationSample } from "@/lib/contract/termination-jobs";
import { describeClient } from "@/lib/web/describe-client";
import { formatSpan } from "@/lib/web/format-duration";
import { shortenId } from "@/lib/web/shorten-id";
import { formatCount } from "@/lib/web/format-number";

interface PlanSampleProps {
  plan: Termination;
}

const COLUMNS: readonly Column<TerminationSample>[] = [
  {
    id: "session",
    header: "Session",
    isRowHeader: true,
    className: "max-w-44 min-w-28",
    cell: ({ id }) => (
      <span className="block truncate font-mono" title={id}>
        {shortenId(id)}
      </span>
    ),
  },
  { id: "server", header: "Server", className: "hidden max-w-32 truncate xs:table-cell", cell: ({ server }) => server },
  { id: "client", header: "Client", className: "hidden max-w-32 truncate sm:table-cell", cell: clientCell },
  {
    id: "status",
    header: "Status",
    cell: ({ status }) => <SessionStatusBadge session={{ status, health: null }} />,
  },
  { id: "idle", header: "Idle", className: "text-right whitespace-nowrap", cell: ({ idleMs }) => formatSpan(idleMs) },
];

/** Some of the sessions, so that a wrong query shows. */
export function PlanSample({ plan: { sample, count } }: PlanSampleProps) {
  const title =
    sample.length === count ? "The sessions" : `${formatCount(sample.length)} of them, from the oldest to the newest`;
  return (
    <div>
      <p className="mb-1.5 text-[13px] font-medium">{title}</p>
      <div
        role="region"
        aria-label={title}
        // Scrolls, so it has to be reached without a mouse.
        tabIndex={0}
        className="max-h-52 overflow-auto rounded-lg border [&_th]:border-t-0"
      >
        <DataTable caption={title} columns={COLUMNS} rows={sample} rowKey={({ id }) => id} isHeaderSticky />
      </div>
    </div>
  );
}

function clientCell(session: TerminationSample) {
  return describeClient(session)?.name ?? <span className="text-ink-soft">unknown</span>;
}
