"use client";

import { Card } from "@/components/ui/card";
import type { InstanceWithCounts } from "@/lib/contract/instances";
import { formatCount, pluralize } from "@/lib/web/format-number";
import type { ServerView } from "@/lib/web/prepare-servers";
import { InstanceRow } from "./instance-row";
import { PastInstances } from "./past-instances";
import { SessionCounts } from "./session-counts";
import { UnleasedNote } from "./unleased-note";

interface ServerCardProps {
  server: ServerView;
}

/** One MCP server with its processes. */
export function ServerCard({ server }: ServerCardProps) {
  const { name, sessions, unleased, current, past } = server;
  return (
    <Card
      title={<span className="wrap-anywhere">{name}</span>}
      description={
        <>
          {describe(current)} · <SessionCounts counts={sessions} />
        </>
      }
    >
      {current.length > 0 && (
        <ul aria-label={`Instances of ${name}`}>
          {current.map((instance) => (
            <InstanceRow key={instance.bootId} instance={instance} />
          ))}
        </ul>
      )}
      <UnleasedNote unleased={unleased} hasInstances={current.length > 0} />
      <PastInstances instances={past} />
    </Card>
  );
}

/** `3 instances`; `2 of 3 instances alive` as soon as one is not. */
function describe(instances: readonly InstanceWithCounts[]): string {
  const alive = instances.filter(({ status }) => status === "alive").length;
  const all = pluralize(instances.length, "instance");
  return alive === instances.length ? all : `${formatCount(alive)} of ${all} alive`;
}
