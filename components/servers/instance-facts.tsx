"use client";

import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { TimeAgo } from "@/components/ui/time-ago";
import type { Instance } from "@/lib/contract/instances";
import { formatSpan } from "@/lib/web/format-duration";
import { formatAbsolute } from "@/lib/web/format-time";
import { useRegistryNow } from "@/lib/web/use-registry-now";
import { shortenId } from "@/lib/web/shorten-id";
import { useTimeZone } from "@/lib/web/use-time-zone";
import { InstanceLease } from "./instance-lease";

interface InstanceFactsProps {
  instance: Instance;
  /** More facts, first in the list. */
  children?: ReactNode;
}

/** What is known of one server process, as short facts side by side. */
export function InstanceFacts({ instance, children }: InstanceFactsProps) {
  const { host, pid, sdk, protocolVersions, bootId, serverVersion, lastHeartbeatAt } = instance;
  return (
    <div className="@container">
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3 text-[13px] @lg:grid-cols-3 @2xl:grid-cols-4 @5xl:grid-cols-5">
        {children}
        <InstanceFact term="Lease">
          <InstanceLease instance={instance} />
        </InstanceFact>
        <InstanceFact term="Last heartbeat">
          <TimeAgo at={lastHeartbeatAt} />
        </InstanceFact>
        <InstanceFact term="Uptime">
          <Uptime instance={instance} />
        </InstanceFact>
        <InstanceFact term="Process">{orUnknown(pid === null ? null : `pid ${String(pid)}`)}</InstanceFact>
        <InstanceFact term="Host">{orUnknown(host)}</InstanceFact>
        <InstanceFact term="Boot">
          <span title={bootId} className="font-mono">
            {shortenId(bootId)}
          </span>
          <CopyButton text={bootId} what="the boot id" className="-my-1.5 ml-0.5 align-middle" />
        </InstanceFact>
        <InstanceFact term="Version">{orUnknown(serverVersion)}</InstanceFact>
        <InstanceFact term="Protocol revisions">
          {orUnknown(protocolVersions.length > 0 ? protocolVersions.join(", ") : null)}
        </InstanceFact>
        <InstanceFact term="SDK">{orUnknown(sdk)}</InstanceFact>
      </dl>
    </div>
  );
}

interface InstanceFactProps {
  term: string;
  children: ReactNode;
}

export function InstanceFact({ term, children }: InstanceFactProps) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-ink-soft">{term}</dt>
      <dd className="mt-0.5 wrap-anywhere">{children}</dd>
    </div>
  );
}

function orUnknown(value: string | null) {
  return value ?? <span className="text-ink-soft">not reported</span>;
}

/** Stops at the end of the boot. */
function Uptime({ instance: { startedAt, endedAt } }: { instance: Instance }) {
  const now = useRegistryNow();
  const timeZone = useTimeZone();
  const until = endedAt === null ? now : Date.parse(endedAt);
  return (
    <time dateTime={startedAt} title={`Started ${formatAbsolute(Date.parse(startedAt), timeZone)}`}>
      {formatSpan(Math.max(0, until - Date.parse(startedAt)))}
    </time>
  );
}
