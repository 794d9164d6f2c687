"use client";

import { FirstLoadError } from "@/components/live/first-load-error";
import { FreshnessBadge } from "@/components/live/freshness-badge";
import { OutdatedAlert } from "@/components/live/outdated-alert";
import type { SessionHealthSummary } from "@/lib/contract/health";
import { classNames } from "@/lib/web/class-names";
import { KioskContext, useIsKiosk } from "@/lib/web/use-is-kiosk";
import { useMcpSessionHealth } from "@/lib/web/use-mcp-session-health";
import { useSystemTheme } from "@/lib/web/use-system-theme";
import { useWakeLock } from "@/lib/web/use-wake-lock";
import { HealthPanels } from "./health-panels";
import { HealthSkeleton } from "./health-skeleton";
import { HealthTitle } from "./health-title";
import { KioskPanels } from "./kiosk-panels";
import { NoSessionsYet } from "./no-sessions-yet";

interface SessionHealthMetricsProps {
  /** For a screen on a wall: no navigation, larger type, nothing to touch. */
  isKiosk?: boolean;
}

/** Live health of every session the registry knows. */
export function SessionHealthMetrics({ isKiosk = false }: SessionHealthMetricsProps) {
  const { data, error, dataUpdatedAt, isFetching, refetch } = useMcpSessionHealth();
  const onRetry = () => void refetch();
  // A wall that has nothing to say may go dark; news light it up again.
  useWakeLock(isKiosk && data !== undefined && error === null);
  useSystemTheme(isKiosk);
  return (
    <KioskContext value={isKiosk}>
      <div data-kiosk={isKiosk || undefined} className={classNames(isKiosk && "flex min-h-dvh flex-col pb-3 xl:h-dvh")}>
        <div
          className={classNames(
            "flex flex-wrap justify-between gap-x-6 gap-y-2",
            isKiosk ? "items-center" : "mb-4 items-end sm:mb-5",
          )}
        >
          <HealthTitle />
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
      </div>
    </KioskContext>
  );
}

function HealthContent({ summary, isOutdated }: { summary: SessionHealthSummary; isOutdated: boolean }) {
  const isKiosk = useIsKiosk();
  if (summary.statusBreakdown.total === 0) return <NoSessionsYet />;
  const Panels = isKiosk ? KioskPanels : HealthPanels;
  return <Panels summary={summary} isOutdated={isOutdated} />;
}
