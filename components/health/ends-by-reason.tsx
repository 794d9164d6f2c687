import { Swatch } from "@/components/charts/fill-pattern";
import { reasonFill } from "@/components/charts/fills";
import type { EndReason } from "@/lib/domain/session";
import { describeEndReason } from "@/lib/web/describe-end-reason";
import { formatCount } from "@/lib/web/format-number";
import { prepareEndsByReason } from "@/lib/web/prepare-ends-by-reason";

interface EndsByReasonProps {
  endsByReason: Partial<Record<EndReason, number>>;
}

export function EndsByReason({ endsByReason }: EndsByReasonProps) {
  const rows = prepareEndsByReason(endsByReason);
  return (
    <div className="border-t px-4 pt-3 pb-4 sm:px-5">
      <h3 className="text-[0.8125rem] font-medium">Ends by reason</h3>
      {rows.length === 0 ? (
        <p className="mt-1 text-xs text-ink-soft">No session ended in this window.</p>
      ) : (
        <ul className="mt-2.5 grid gap-x-8 gap-y-2.5 sm:grid-cols-2 lg:grid-cols-1">
          {rows.map(({ reason, count, share, ratio }) => (
            <li key={reason} title={describeEndReason(reason).sentence} className="text-xs">
              <p className="flex items-baseline justify-between gap-3">
                <span className="flex items-center gap-1.5">
                  <Swatch fill={reasonFill(reason)} />
                  {describeEndReason(reason).label}
                </span>
                <span className="whitespace-nowrap text-ink-soft">
                  <span className="font-medium text-ink">{formatCount(count)}</span>
                  <span className="inline-block w-12 text-right">{share}</span>
                </span>
              </p>
              <div aria-hidden="true" className="mt-1 h-1.5 rounded-full bg-sunken">
                <div
                  className="h-full min-w-1 rounded-full"
                  style={{ width: `${String(ratio * 100)}%`, background: reasonFill(reason).colour }}
                />
              </div>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
