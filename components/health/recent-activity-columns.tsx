import { OctagonX } from "lucide-react";
import Link from "next/link";
import { canTerminate } from "@/components/sessions/can-terminate";
import { SessionStatusBadge } from "@/components/sessions/session-status-badge";
import { Button } from "@/components/ui/button";
import type { Column } from "@/components/ui/data-table";
import type { RecentSession } from "@/lib/contract/health";
import { describeClient } from "@/lib/web/describe-client";
import { formatSpan } from "@/lib/web/format-duration";
import { formatCount } from "@/lib/web/format-number";
import { sessionHref } from "@/lib/web/session-href";
import { shortenId } from "@/lib/web/shorten-id";

interface RowActions {
  terminatingIds: ReadonlySet<string>;
  onTerminate: (session: RecentSession) => void;
}

const FROM_TABLET = "hidden md:table-cell";
const FROM_LAPTOP = "hidden xl:table-cell";
const FIGURE = "text-right whitespace-nowrap";

export function recentActivityColumns({ terminatingIds, onTerminate }: RowActions): Column<RecentSession>[] {
  const isOffered = (row: RecentSession) => canTerminate(row) && !terminatingIds.has(row.id);
  return [
    {
      id: "session",
      header: "Session",
      isRowHeader: true,
      className: "w-full max-w-0 xl:w-auto xl:max-w-none",
      cell: sessionCell,
    },
    { id: "server", header: "Server", className: `${FROM_LAPTOP} max-w-48 truncate`, cell: ({ server }) => server },
    { id: "client", header: "Client", className: `${FROM_LAPTOP} max-w-56 truncate`, cell: clientCell },
    {
      id: "status",
      header: "Status",
      cell: (row) => <SessionStatusBadge session={row} isTerminating={terminatingIds.has(row.id)} />,
    },
    {
      id: "idle",
      header: "Idle",
      className: `${FIGURE} hidden xs:table-cell`,
      cell: ({ idleMs }) => formatSpan(idleMs),
    },
    {
      id: "uptime",
      header: "Uptime",
      className: `${FIGURE} ${FROM_TABLET}`,
      cell: ({ uptimeMs }) => formatSpan(uptimeMs),
    },
    { id: "requests", header: "Requests", className: `${FIGURE} ${FROM_TABLET}`, cell: requestsCell },
    { id: "errors", header: "Errors", className: `${FIGURE} ${FROM_TABLET}`, cell: errorsCell },
    {
      id: "action",
      header: <span className="sr-only">Action</span>,
      className: "w-px text-right",
      cell: (row) =>
        isOffered(row) && (
          <Button
            variant="dangerQuiet"
            size="small"
            aria-label={`Terminate session ${shortenId(row.id)}`}
            onClick={() => {
              onTerminate(row);
            }}
            className="-my-1"
          >
            <OctagonX aria-hidden="true" className="xs:hidden" />
            <span className="hidden xs:inline">Terminate</span>
          </Button>
        ),
    },
  ];
}

function sessionCell(session: RecentSession) {
  const client = describeClient(session);
  return (
    <>
      <Link
        href={sessionHref(session.id)}
        title={session.id}
        className="rounded-sm font-mono text-ink underline decoration-line-strong underline-offset-4 hover:decoration-accent"
      >
        {shortenId(session.id)}
      </Link>
      <span className="block truncate pt-0.5 text-xs text-ink-soft xl:hidden">
        {[session.server, client?.name].filter((part) => part !== undefined).join(" · ")}
      </span>
    </>
  );
}

function clientCell(session: RecentSession) {
  const client = describeClient(session);
  if (client === null) return <span className="text-ink-soft">unknown</span>;
  return (
    <>
      {client.name} {client.version !== null && <span className="text-ink-soft">{client.version}</span>}
    </>
  );
}

function requestsCell({ requestCount }: RecentSession) {
  return formatCount(requestCount);
}

function errorsCell({ errorCount }: RecentSession) {
  return <span className={errorCount > 0 ? "font-medium text-bad" : "text-ink-soft"}>{formatCount(errorCount)}</span>;
}
