import { STATUS_LOOKS } from "@/components/sessions/status-looks";
import type { SessionHealthSummary } from "@/lib/contract/health";
import { formatCount } from "@/lib/web/format-number";

type ByStatus = SessionHealthSummary["statusBreakdown"]["byStatus"];

interface StatusBreakdownProps {
  byStatus: ByStatus;
}

const GROUPS = [
  { title: "Recoverable: lost their server, may come back", statuses: ["disconnected"] },
  { title: "Ended", statuses: ["expired", "closed", "terminated"] },
] as const satisfies { title: string; statuses: (keyof ByStatus)[] }[];

/** Every session that is no longer active, by what became of it. */
export function StatusBreakdown({ byStatus }: StatusBreakdownProps) {
  return (
    <div className="space-y-2.5">
      {GROUPS.map(({ title, statuses }) => (
        <div key={title}>
          <p className="mb-1.5 text-xs text-ink-soft">{title}</p>
          <dl className="space-y-1">
            {statuses.map((status) => {
              const { label, Icon } = STATUS_LOOKS[status];
              return (
                <div key={status} className="flex items-center gap-2">
                  <Icon aria-hidden="true" className="size-3.5 text-ink-soft" />
                  <dt className="flex-1">{label}</dt>
                  <dd className="font-medium">{formatCount(byStatus[status])}</dd>
                </div>
              );
            })}
          </dl>
        </div>
      ))}
    </div>
  );
}
