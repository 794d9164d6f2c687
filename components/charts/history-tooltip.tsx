import { formatCount } from "@/lib/web/format-number";
import { formatDay, formatHourMinute } from "@/lib/web/format-time";
import { describeEndReason, END_REASON_ORDER } from "@/lib/web/describe-end-reason";
import type { HistoryChartPoint } from "@/lib/web/prepare-history-chart";
import { reasonColor } from "./reason-colors";

interface HistoryTooltipProps {
  point: HistoryChartPoint | undefined;
  bucketMs: number;
  timeZone: string;
}

export function HistoryTooltip({ point, bucketMs, timeZone }: HistoryTooltipProps) {
  if (!point) return null;
  const { at, active, started, ended, endsByReason } = point;
  const clock = (time: number) => formatHourMinute(time, timeZone);
  return (
    <div className="min-w-44 rounded-lg border bg-surface px-3 py-2.5 text-xs text-ink shadow-float">
      <p className="mb-1.5 font-medium text-ink-soft">
        {formatDay(at, timeZone)}, {clock(at)}–{clock(at + bucketMs)}
      </p>
      {active === null || started === null || ended === null ? (
        <p>No figures: Holdfast was not running.</p>
      ) : (
        <dl className="space-y-1">
          <Figure color="var(--accent)" label="Active" count={active} />
          <Figure color="var(--started-fill)" label="Started" count={started} />
          <Figure label="Ended" count={ended} />
          {END_REASON_ORDER.map((reason) => {
            const count = endsByReason?.[reason] ?? 0;
            if (count === 0) return null;
            return (
              <Figure
                key={reason}
                isPart
                color={reasonColor(reason)}
                label={describeEndReason(reason).label}
                count={count}
              />
            );
          })}
        </dl>
      )}
    </div>
  );
}

interface FigureProps {
  label: string;
  count: number;
  color?: string;
  isPart?: boolean;
}

function Figure({ label, count, color, isPart = false }: FigureProps) {
  return (
    <div className={`flex items-center gap-2 ${isPart ? "pl-3 text-ink-soft" : ""}`}>
      <span aria-hidden="true" className="size-2 rounded-[3px]" style={{ background: color }} />
      <dt className="flex-1">{label}</dt>
      <dd className="font-medium text-ink">{formatCount(count)}</dd>
    </div>
  );
}
