"use client";

import { FirstLoadError } from "@/components/live/first-load-error";
import { FreshnessBadge } from "@/components/live/freshness-badge";
import { OutdatedAlert } from "@/components/live/outdated-alert";
import type { ServerList } from "@/lib/contract/instances";
import { pluralize } from "@/lib/web/format-number";
import { prepareFleet, prepareServers } from "@/lib/web/prepare-servers";
import { useServers } from "@/lib/web/use-servers";
import { NoServersYet } from "./no-servers-yet";
import { ServerCard } from "./server-card";
import { ServersSkeleton } from "./servers-skeleton";

/** Every MCP server with the processes that serve it. */
export function ServersOverview() {
  const { data, error, dataUpdatedAt, isFetching, refetch } = useServers();
  const onRetry = () => void refetch();
  return (
    <>
      <div className="mb-4 flex flex-wrap items-end justify-between gap-x-6 gap-y-2 sm:mb-5">
        <div>
          <h1 className="text-xl font-semibold tracking-tight">Servers</h1>
          <p className="text-sm text-ink-soft">{data && !isEmpty(data) ? describe(data) : INTRODUCTION}</p>
        </div>
        <FreshnessBadge dataUpdatedAt={dataUpdatedAt} hasFailed={error !== null} />
      </div>
      {data && error && (
        <div className="mb-4 sm:mb-5">
          <OutdatedAlert {...{ error, isFetching, onRetry }} />
        </div>
      )}
      {data && <Servers list={data} isOutdated={error !== null} />}
      {!data && (error ? <FirstLoadError {...{ error, isFetching, onRetry }} /> : <ServersSkeleton />)}
      <p role="status" className="sr-only">
        {data && (error ? "The servers are out of date." : "The servers are up to date.")}
      </p>
    </>
  );
}

const INTRODUCTION = "Your MCP servers and the processes that serve them.";

function Servers({ list, isOutdated }: { list: ServerList; isOutdated: boolean }) {
  if (isEmpty(list)) return <NoServersYet />;
  return (
    <div className={`space-y-3 sm:space-y-5 ${isOutdated ? "outdated" : ""}`}>
      {prepareServers(list).map((server) => (
        <ServerCard key={server.name} server={server} />
      ))}
    </div>
  );
}

function isEmpty({ servers }: ServerList): boolean {
  return servers.length === 0;
}

/** `2 servers · 5 instances alive · 1 lost · 1 draining` */
function describe(list: ServerList): string {
  const { alive, lost, draining } = prepareFleet(prepareServers(list));
  return [
    pluralize(list.servers.length, "server"),
    `${pluralize(alive, "instance")} alive`,
    ...(lost > 0 ? [`${pluralize(lost, "instance")} lost`] : []),
    ...(draining > 0 ? [`${pluralize(draining, "instance")} draining`] : []),
  ].join(" · ");
}
