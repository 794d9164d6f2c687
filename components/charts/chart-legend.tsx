import type { EndReason } from "@/lib/domain/session";
import { describeEndReason } from "@/lib/web/describe-end-reason";
import { reasonColor } from "./reason-colors";

interface ChartLegendProps {
  reasons: readonly EndReason[];
}

export function ChartLegend({ reasons }: ChartLegendProps) {
  const entries = [
    { label: "Active", color: "var(--accent)" },
    { label: "Started", color: "var(--started-fill)" },
    ...reasons.map((reason) => ({ label: describeEndReason(reason).label, color: reasonColor(reason) })),
  ];
  return (
    <ul className="flex min-h-6 flex-wrap items-center gap-x-4 gap-y-1 pt-2 text-xs text-ink-soft">
      {entries.map(({ label, color }) => (
        <li key={label} className="flex items-center gap-1.5">
          <span className="size-2 rounded-[3px]" style={{ background: color }} />
          {label}
        </li>
      ))}
    </ul>
  );
}
