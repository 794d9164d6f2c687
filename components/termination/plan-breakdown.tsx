import { Badge } from "@/components/ui/badge";
import { STATUS_LOOKS } from "@/components/sessions/status-looks";
import type { Termination } from "@/lib/contract/termination-jobs";
import { formatCount } from "@/lib/web/format-number";
import { describeExclusion, printFilter } from "@/lib/web/termination/describe-plan";

interface PlanBreakdownProps {
  plan: Termination;
}

const STATUSES = ["active", "disconnected", "expired"] as const;

/** The set by status and server, and what is not in it. */
export function PlanBreakdown({ plan }: PlanBreakdownProps) {
  const { filter, reason, byStatus, byServer, otherServers, excluded } = plan;
  const query = filter === null ? "" : printFilter(filter);
  return (
    <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-2 rounded-lg border bg-sunken px-3.5 py-3 text-[13px]">
      {query !== "" && (
        <>
          <dt className="text-ink-soft">Matching</dt>
          <dd className="font-mono break-words">{query}</dd>
        </>
      )}
      {reason !== null && (
        <>
          <dt className="text-ink-soft">Reason</dt>
          <dd className="break-words">{reason}</dd>
        </>
      )}
      {plan.count > 0 && (
        <>
          <dt className="self-center text-ink-soft">Status</dt>
          <dd className="flex flex-wrap gap-1.5">
            {STATUSES.filter((status) => byStatus[status] > 0).map((status) => (
              <StatusCount key={status} status={status} count={byStatus[status]} />
            ))}
          </dd>
          <dt className="text-ink-soft">Servers</dt>
          <dd>
            <ul className="flex flex-wrap gap-x-4 gap-y-1">
              {byServer.map(({ server, count }) => (
                <li key={server} className="min-w-0 break-words">
                  {server} <span className="text-ink-soft tabular-nums">{formatCount(count)}</span>
                </li>
              ))}
              {otherServers > 0 && <li className="text-ink-soft">others {formatCount(otherServers)}</li>}
            </ul>
          </dd>
        </>
      )}
      {excluded.length > 0 && (
        <>
          <dt className="text-ink-soft">Left out</dt>
          <dd>
            <ul>
              {excluded.map((exclusion) => (
                <li key={exclusion.reason}>{describeExclusion(exclusion)}</li>
              ))}
            </ul>
          </dd>
        </>
      )}
    </dl>
  );
}

function StatusCount({ status, count }: { status: (typeof STATUSES)[number]; count: number }) {
  const { label, tone, Icon } = STATUS_LOOKS[status];
  return (
    <Badge tone={tone} className="bg-surface">
      <Icon aria-hidden="true" />
      {formatCount(count)} {label.toLowerCase()}
    </Badge>
  );
}
