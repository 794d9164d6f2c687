import type { EndReason } from "@/lib/domain/session";
import { describeEndReason } from "@/lib/web/describe-end-reason";
import { Swatch } from "./fill-pattern";
import { ACTIVE_FILL, reasonFill, STARTED_FILL } from "./fills";

interface ChartLegendProps {
  reasons: readonly EndReason[];
  hasPeaks: boolean;
}

export function ChartLegend({ reasons, hasPeaks }: ChartLegendProps) {
  const entries = [
    { label: "Active", fill: ACTIVE_FILL },
    { label: "Started", fill: STARTED_FILL },
    ...reasons.map((reason) => ({ label: describeEndReason(reason).label, fill: reasonFill(reason) })),
  ];
  return (
    <ul className="flex min-h-6 flex-wrap items-center gap-x-4 gap-y-1 pt-2 text-xs text-ink-soft">
      {entries.map(({ label, fill }) => (
        <li key={label} className="flex items-center gap-1.5">
          <Swatch fill={fill} />
          {label}
        </li>
      ))}
      {hasPeaks && (
        <li className="flex items-center gap-1.5">
          <span className="w-4 border-t border-dashed border-accent" />
          Most at once
        </li>
      )}
    </ul>
  );
}
