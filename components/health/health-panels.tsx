import type { SessionHealthSummary } from "@/lib/contract/health";
import { AgeDistribution } from "./age-distribution";
import { AgesCard } from "./ages-card";
import { ConnectionHealth } from "./connection-health";
import { DurationsCard } from "./durations-card";
import { HistoryCard } from "./history-card";
import { InstancesCard } from "./instances-card";
import { RankingCard } from "./ranking-card";
import { RecentActivity } from "./recent-activity";
import { StatusCards } from "./status-cards";

interface HealthPanelsProps {
  summary: SessionHealthSummary;
  /** The last poll failed: what is shown is the last good answer. */
  isOutdated: boolean;
}

const GRID = "grid gap-3 sm:gap-5";

export function HealthPanels({ summary, isOutdated }: HealthPanelsProps) {
  const dimmed = isOutdated ? "outdated" : "";
  return (
    <div className="space-y-3 sm:space-y-5">
      <div className={dimmed}>
        <StatusCards breakdown={summary.statusBreakdown} />
      </div>
      <div className={`${GRID} lg:grid-cols-3`}>
        <HistoryCard className="lg:col-span-2" />
        <div className={`flex min-w-0 flex-col gap-3 sm:gap-5 ${dimmed}`}>
          <AgeDistribution summary={summary} />
          <ConnectionHealth figures={summary.connectionHealth} className="flex-1" />
        </div>
      </div>
      <div className={`${GRID} lg:grid-cols-3`}>
        <AgesCard className="lg:col-span-2" />
        <DurationsCard />
      </div>
      <div className={`${GRID} md:grid-cols-2 xl:grid-cols-4`}>
        <RankingCard title="Servers" noun="Server" of="servers" />
        <RankingCard title="Clients" noun="Client" of="clients" />
        <RankingCard title="Protocol revisions" noun="Revision" of="protocols" />
        <InstancesCard />
      </div>
      <div className={dimmed}>
        <RecentActivity sessions={summary.recentActivity} />
      </div>
    </div>
  );
}
