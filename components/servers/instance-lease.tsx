"use client";

import type { Instance } from "@/lib/contract/instances";
import { formatSetting, formatSpan } from "@/lib/web/format-duration";
import { formatAbsolute } from "@/lib/web/format-time";
import { prepareLease } from "@/lib/web/prepare-lease";
import { useRegistryNow } from "@/lib/web/use-registry-now";
import { useTimeZone } from "@/lib/web/use-time-zone";
import { LeaseRing } from "./lease-ring";

const ENDS = { alive: "Not renewed", lost: "Lost", stopped: "Stopped", superseded: "Replaced" };

interface InstanceLeaseProps {
  instance: Instance;
}

/** How long the instance may still stay silent; or since when it holds no lease. */
export function InstanceLease({ instance }: InstanceLeaseProps) {
  const { status, leaseMs, leaseExpiresAt, endedAt, lastHeartbeatAt } = instance;
  const lease = prepareLease(instance, useRegistryNow());
  const timeZone = useTimeZone();
  const at = leaseExpiresAt ?? endedAt ?? lastHeartbeatAt;
  return (
    <time dateTime={at} title={formatAbsolute(Date.parse(at), timeZone)} className="flex items-start gap-1.5">
      {lease.state === "held" ? (
        <>
          <LeaseRing ratio={lease.ratio} />
          <span>
            {lease.leftMs === 0 ? "due now" : `${formatSpan(lease.leftMs)} left`}{" "}
            <span className="whitespace-nowrap text-ink-soft">of {formatSetting(leaseMs)}</span>
          </span>
        </>
      ) : (
        `${ENDS[status]} ${formatSpan(lease.sinceMs)} ago`
      )}
    </time>
  );
}
