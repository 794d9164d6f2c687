import type { SessionHealthSummary } from "@/lib/contract/health";
import { AgesCard } from "./ages-card";
import { DurationsCard } from "./durations-card";
import { HistoryCard } from "./history-card";
import { InstancesCard } from "./instances-card";
import { KioskFigures } from "./kiosk-figures";
import { RankingCard } from "./ranking-card";

interface KioskPanelsProps {
  summary: SessionHealthSummary;
  isOutdated: boolean;
}

/** Everything on one screen of a wall, nothing to touch; smaller screens scroll. */
export function KioskPanels({ summary, isOutdated }: KioskPanelsProps) {
  return (
    <div className="grid min-h-0 flex-1 grid-cols-1 gap-3 xl:grid-rows-[auto_minmax(21rem,1fr)_max-content] xl:gap-4">
      <KioskFigures {...{ summary, isOutdated }} />
      <div className="grid min-h-0 gap-3 xl:grid-cols-[minmax(0,8fr)_minmax(0,5fr)] xl:grid-rows-[minmax(0,1fr)] xl:gap-4">
        <HistoryCard />
        <AgesCard />
      </div>
      <div className="grid min-h-0 gap-3 xl:grid-cols-5 xl:gap-4 [&>section]:overflow-hidden">
        <DurationsCard />
        <RankingCard title="Servers" noun="Server" of="servers" />
        <RankingCard title="Clients" noun="Client" of="clients" />
        <RankingCard title="Protocol revisions" noun="Revision" of="protocols" />
        <InstancesCard />
      </div>
    </div>
  );
}
