import { formatCount } from "@/lib/web/format-number";
import { formatClock, formatDay, formatHourMinute } from "@/lib/web/format-time";
import { describeEndReason, END_REASON_ORDER } from "@/lib/web/describe-end-reason";
import type { HistoryChartPoint } from "@/lib/web/prepare-history-chart";
import { Swatch } from "./fill-pattern";
import { ACTIVE_FILL, type Fill, reasonFill, STARTED_FILL } from "./fills";

interface HistoryTooltipProps {
  point: HistoryChartPoint | undefined;
  bucketMs: number;
  timeZone: string;
}

export function HistoryTooltip({ point, bucketMs, timeZone }: HistoryTooltipProps) {
  if (!point) return null;
  const { at, active, peak, started, ended, endsByReason, restarts } = point;
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
          <Figure fill={ACTIVE_FILL} label="Active" count={active} />
          {peak !== null && peak > active && <Figure isPart label="most at once" count={peak} />}
          <Figure fill={STARTED_FILL} label="Started" count={started} />
          <Figure label="Ended" count={ended} />
          {END_REASON_ORDER.map((reason) => {
            const count = endsByReason?.[reason] ?? 0;
            if (count === 0) return null;
            return (
              <Figure
                key={reason}
                isPart
                fill={reasonFill(reason)}
                label={describeEndReason(reason).label}
                count={count}
              />
            );
          })}
        </dl>
      )}
      {restarts.map((restart) => (
        <p key={restart} className="mt-1.5 text-ink-soft">
          Holdfast restarted at {formatClock(restart, timeZone)}.
        </p>
      ))}
    </div>
  );
}

interface FigureProps {
  label: string;
  count: number;
  fill?: Fill;
  isPart?: boolean;
}

function Figure({ label, count, fill, isPart = false }: FigureProps) {
  return (
    <div className={`flex items-center gap-2 ${isPart ? "pl-3 text-ink-soft" : ""}`}>
      {fill ? <Swatch fill={fill} /> : <span className="size-[0.7rem]" />}
      <dt className="flex-1">{label}</dt>
      <dd className="font-medium text-ink">{formatCount(count)}</dd>
    </div>
  );
}
