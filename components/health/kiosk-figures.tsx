import type { ReactNode } from "react";
import { Swatch } from "@/components/charts/fill-pattern";
import { AGE_FILLS } from "@/components/charts/fills";
import { HEALTH_LOOKS } from "@/components/sessions/status-looks";
import type { SessionHealthSummary } from "@/lib/contract/health";
import { AGE_BUCKETS } from "@/lib/domain/health";
import { formatDuration } from "@/lib/web/format-duration";
import { formatCount, formatDecimal } from "@/lib/web/format-number";

interface KioskFiguresProps {
  summary: SessionHealthSummary;
  isOutdated: boolean;
}

/** The figures that have to be legible from across the room. */
export function KioskFigures({ summary, isOutdated }: KioskFiguresProps) {
  const { active, disconnected, total, byStatus } = summary.statusBreakdown;
  const { sessionsPerHour, p95DurationSeconds, disconnectRatePercent } = summary.connectionHealth;
  return (
    <dl className={`grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-6 xl:gap-4 ${isOutdated ? "outdated" : ""}`}>
      <Figure label="Active" value={formatCount(active)}>
        <span className="flex flex-wrap gap-x-3">
          {AGE_BUCKETS.map((bucket) => (
            <span key={bucket} className="flex items-center gap-1">
              <Swatch fill={AGE_FILLS[bucket]} />
              {formatCount(summary.ageDistribution[bucket])}
              <span>{HEALTH_LOOKS[bucket].label.toLowerCase()}</span>
            </span>
          ))}
        </span>
      </Figure>
      <Figure label="Disconnected" value={formatCount(disconnected)}>
        {formatCount(byStatus.disconnected)} recoverable · {formatCount(disconnected - byStatus.disconnected)} ended
      </Figure>
      <Figure label="Total" value={formatCount(total)}>
        on record
      </Figure>
      <Figure label="Started per hour" value={formatDecimal(sessionsPerHour)}>
        last 24 hours
      </Figure>
      <Figure
        label="95th percentile"
        value={p95DurationSeconds === null ? "—" : formatDuration(p95DurationSeconds * 1_000)}
      >
        duration, last 24 hours
      </Figure>
      <Figure
        label="Disconnect rate"
        value={disconnectRatePercent === null ? "—" : `${formatDecimal(disconnectRatePercent)}%`}
      >
        of those started in 24 hours
      </Figure>
    </dl>
  );
}

interface FigureProps {
  label: string;
  value: string;
  children: ReactNode;
}

function Figure({ label, value, children }: FigureProps) {
  return (
    <div className="min-w-0 rounded-xl border bg-surface px-4 py-3 shadow-card">
      <dt className="text-[0.8125rem] font-medium text-ink-soft">{label}</dt>
      <dd className="text-3xl font-semibold tracking-tight whitespace-nowrap">{value}</dd>
      <dd className="text-xs text-ink-soft">{children}</dd>
    </div>
  );
}
