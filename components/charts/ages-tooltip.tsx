import { HEALTH_LOOKS } from "@/components/sessions/status-looks";
import { AGE_BUCKETS } from "@/lib/domain/health";
import { formatCount } from "@/lib/web/format-number";
import { formatDay, formatHourMinute } from "@/lib/web/format-time";
import type { HistoryChartPoint } from "@/lib/web/prepare-history-chart";
import { Swatch } from "./fill-pattern";
import { AGE_FILLS } from "./fills";

interface AgesTooltipProps {
  point: HistoryChartPoint | undefined;
  bucketMs: number;
  timeZone: string;
}

export function AgesTooltip({ point, bucketMs, timeZone }: AgesTooltipProps) {
  if (!point) return null;
  const { at, ages } = point;
  return (
    <div className="min-w-40 rounded-lg border bg-surface px-3 py-2.5 text-xs text-ink shadow-float">
      <p className="mb-1.5 font-medium text-ink-soft">
        {formatDay(at, timeZone)}, at the end of {formatHourMinute(at, timeZone)}–
        {formatHourMinute(at + bucketMs, timeZone)}
      </p>
      {ages === null ? (
        <p>Nobody looked at ages then.</p>
      ) : (
        <dl className="space-y-1">
          {AGE_BUCKETS.toReversed().map((bucket) => (
            <div key={bucket} className="flex items-center gap-2">
              <Swatch fill={AGE_FILLS[bucket]} />
              <dt className="flex-1">{HEALTH_LOOKS[bucket].label}</dt>
              <dd className="font-medium">{formatCount(ages[bucket])}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
