import { STATUS_LOOKS } from "@/components/sessions/status-looks";
import type { SessionHealthSummary } from "@/lib/contract/health";
import { formatCount } from "@/lib/web/format-number";

interface StatusBreakdownProps {
  byStatus: SessionHealthSummary["statusBreakdown"]["byStatus"];
}

const ENDED = ["disconnected", "expired", "closed", "terminated"] as const;

/** Every session that is no longer active, by what became of it. */
export function StatusBreakdown({ byStatus }: StatusBreakdownProps) {
  return (
    <>
      <p className="mb-1.5 text-xs text-ink-soft">Every session that is no longer active</p>
      <dl className="space-y-1">
        {ENDED.map((status) => {
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
    </>
  );
}
