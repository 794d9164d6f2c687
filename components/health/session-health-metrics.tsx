"use client";

import { FirstLoadError } from "@/components/live/first-load-error";
import { FreshnessBadge } from "@/components/live/freshness-badge";
import { OutdatedAlert } from "@/components/live/outdated-alert";
import type { SessionHealthSummary } from "@/lib/contract/health";
import { useMcpSessionHealth } from "@/lib/web/use-mcp-session-health";
import { HealthPanels } from "./health-panels";
import { HealthSkeleton } from "./health-skeleton";
import { NoSessionsYet } from "./no-sessions-yet";

/** Live health of every session the registry knows. */
export function SessionHealthMetrics() {
  const { data, error, dataUpdatedAt, isFetching, refetch } = useMcpSessionHealth();
  const onRetry = () => void refetch();
  return (
    <>
      <div className="mb-4 flex flex-wrap items-end justify-between gap-x-6 gap-y-2 sm:mb-5">
        <div>
          <h1 className="text-xl font-semibold tracking-tight">Session health</h1>
          <p className="text-sm text-ink-soft">Every MCP session your servers report, as it is now.</p>
        </div>
        <FreshnessBadge dataUpdatedAt={dataUpdatedAt} hasFailed={error !== null} />
      </div>
      {data && error && (
        <div className="mb-4 sm:mb-5">
          <OutdatedAlert {...{ error, isFetching, onRetry }} />
        </div>
      )}
      {data && <HealthContent summary={data} isOutdated={error !== null} />}
      {!data && (error ? <FirstLoadError {...{ error, isFetching, onRetry }} /> : <HealthSkeleton />)}
      <p role="status" className="sr-only">
        {data && (error ? "Session health is out of date." : "Session health is up to date.")}
      </p>
    </>
  );
}

function HealthContent({ summary, isOutdated }: { summary: SessionHealthSummary; isOutdated: boolean }) {
  if (summary.statusBreakdown.total === 0) return <NoSessionsYet />;
  return <HealthPanels summary={summary} isOutdated={isOutdated} />;
}
