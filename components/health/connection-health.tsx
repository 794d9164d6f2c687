import { Card } from "@/components/ui/card";
import type { SessionHealthSummary } from "@/lib/contract/health";
import { formatDuration } from "@/lib/web/format-duration";
import { formatCount, formatDecimal } from "@/lib/web/format-number";
import { EndsByReason } from "./ends-by-reason";
import { FigureRow } from "./figure-row";

interface ConnectionHealthProps {
  figures: SessionHealthSummary["connectionHealth"];
  className?: string;
}

const NONE_ENDED = "no session has ended in this window";
const NONE_STARTED = "no session has started yet";

export function ConnectionHealth({ figures, className = "" }: ConnectionHealthProps) {
  const { windowHours, avgDurationSeconds, p95DurationSeconds, disconnectRatePercent } = figures;
  return (
    <Card title="Connection health" description={`Last ${String(windowHours)} hours`} className={className}>
      <dl className="grid gap-x-8 px-4 sm:grid-cols-2 sm:px-5 lg:grid-cols-1">
        <FigureRow label="Sessions started" value={formatCount(figures.sessionsStarted)} />
        <FigureRow label="Sessions per hour" value={formatDecimal(figures.sessionsPerHour)} />
        <FigureRow label="Average duration" value={seconds(avgDurationSeconds)} whyMissing={NONE_ENDED} />
        <FigureRow label="95th percentile" value={seconds(p95DurationSeconds)} whyMissing={NONE_ENDED} />
        <FigureRow
          label="Disconnect rate"
          note="of the sessions started, no longer active"
          value={disconnectRatePercent === null ? null : `${formatDecimal(disconnectRatePercent)}%`}
          whyMissing={NONE_STARTED}
        />
      </dl>
      <EndsByReason endsByReason={figures.endsByReason} />
    </Card>
  );
}

function seconds(duration: number | null): string | null {
  return duration === null ? null : formatDuration(duration * 1_000);
}
