import type { SessionHealthSummary } from "@/lib/contract/health";
import { AgeDistribution } from "./age-distribution";
import { ConnectionHealth } from "./connection-health";
import { HistoryCard } from "./history-card";
import { RecentActivity } from "./recent-activity";
import { StatusCards } from "./status-cards";

interface HealthPanelsProps {
  summary: SessionHealthSummary;
  /** The last poll failed: what is shown is the last good answer. */
  isOutdated: boolean;
}

export function HealthPanels({ summary, isOutdated }: HealthPanelsProps) {
  const dimmed = isOutdated ? "outdated" : "";
  return (
    <div className="space-y-3 sm:space-y-5">
      <div className={dimmed}>
        <StatusCards breakdown={summary.statusBreakdown} />
      </div>
      <div className="grid gap-3 sm:gap-5 lg:grid-cols-3">
        <HistoryCard className="lg:col-span-2" />
        <div className={`flex min-w-0 flex-col gap-3 sm:gap-5 ${dimmed}`}>
          <AgeDistribution summary={summary} />
          <ConnectionHealth figures={summary.connectionHealth} className="flex-1" />
        </div>
      </div>
      <div className={dimmed}>
        <RecentActivity sessions={summary.recentActivity} />
      </div>
    </div>
  );
}
