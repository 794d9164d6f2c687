"use client";

import { instanceLooks } from "@/components/servers/instance-looks";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import type { InstanceWithCounts } from "@/lib/contract/instances";
import { classNames } from "@/lib/web/class-names";
import { formatCount } from "@/lib/web/format-number";
import { type FleetRows, prepareFleetRows } from "@/lib/web/prepare-fleet-rows";
import { useServers } from "@/lib/web/use-servers";
import { ShortLease } from "./short-lease";

/** As many rows as the box has room for. */
const ROWS = 6;

interface InstancesCardProps {
  className?: string;
}

/** Which server processes live, and for how long their leases last: those in trouble first. */
export function InstancesCard({ className }: InstancesCardProps) {
  const { data, error } = useServers();
  const rows = data && prepareFleetRows(data, ROWS);
  return (
    <Card title="Instances" className={className} description={rows ? describeFleet(rows) : "Server processes"}>
      <div className={classNames("flex-1 pb-2 text-[0.8125rem] md:min-h-52", error !== null && "outdated")}>
        {!rows && !error && <Skeleton className="mx-5 h-44" />}
        {rows?.shown.length === 0 && (
          <p className="px-4 text-ink-soft sm:px-5">No server process has registered; its sessions need none.</p>
        )}
        <ul>
          {rows?.shown.map((instance) => (
            <InstanceLine key={`${instance.id} ${instance.bootId}`} instance={instance} />
          ))}
        </ul>
        {rows && rows.hidden > 0 && <p className="px-4 py-1 text-ink-soft sm:px-5">{formatCount(rows.hidden)} more</p>}
      </div>
    </Card>
  );
}

function describeFleet({ fleet: { alive, lost, draining } }: FleetRows): string {
  const parts = [`${formatCount(alive)} alive`];
  if (lost > 0) parts.push(`${formatCount(lost)} lost`);
  if (draining > 0) parts.push(`${formatCount(draining)} draining`);
  return parts.join(" · ");
}

function InstanceLine({ instance }: { instance: InstanceWithCounts }) {
  const { label, tone, Icon } = instanceLooks(instance);
  return (
    <li className="flex items-center gap-2 px-4 py-1 sm:px-5">
      <Badge tone={tone} className="h-5 px-1.5">
        <Icon aria-hidden="true" />
        <span className="sr-only">{label}</span>
      </Badge>
      <span title={`${instance.id} of ${instance.server}`} className="min-w-0 flex-1 truncate">
        {instance.id}
      </span>
      <span className="text-xs whitespace-nowrap">
        <ShortLease instance={instance} />
      </span>
      <span className="w-9 text-right font-medium" title="Active sessions">
        {formatCount(instance.sessions.active)}
        <span className="sr-only"> active</span>
      </span>
    </li>
  );
}
