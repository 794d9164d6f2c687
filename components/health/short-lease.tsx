"use client";

import { LeaseRing } from "@/components/servers/lease-ring";
import type { Instance } from "@/lib/contract/instances";
import { formatSpan } from "@/lib/web/format-duration";
import { prepareLease } from "@/lib/web/prepare-lease";
import { useRegistryNow } from "@/lib/web/use-registry-now";

interface ShortLeaseProps {
  instance: Instance;
}

/** What is left of a lease, or since when there is none, in as few words as a line has room for. */
export function ShortLease({ instance }: ShortLeaseProps) {
  const lease = prepareLease(instance, useRegistryNow());
  if (lease.state === "over") return <span>{formatSpan(lease.sinceMs)} ago</span>;
  return (
    <span className="flex items-center gap-1.5" title="What is left of its lease">
      <LeaseRing ratio={lease.ratio} />
      {formatSpan(lease.leftMs)}
      <span className="sr-only"> left of its lease</span>
    </span>
  );
}
