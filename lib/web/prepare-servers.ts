import type { InstanceWithCounts, ServerList } from "@/lib/contract/instances";

export interface ServerView {
  name: string;
  sessions: Counts;
  /** Those that no instance holds a lease for. */
  unleased: Counts;
  /** Instances that serve, or did until their lease ran out: what an operator looks at. */
  current: InstanceWithCounts[];
  /** Boots that stopped or were replaced, latest first. */
  past: InstanceWithCounts[];
}

export type Counts = InstanceWithCounts["sessions"];

/** Servers by name; of their instances those in trouble first. */
export function prepareServers({ servers }: ServerList): ServerView[] {
  return servers
    .map(({ instances, ...server }) => ({
      ...server,
      current: instances.filter(isCurrent).sort((a, b) => rankOf(a) - rankOf(b) || compareIds(a, b)),
      past: instances.filter((instance) => !isCurrent(instance)).sort(byLatestEnd),
    }))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}

export interface Fleet {
  alive: number;
  lost: number;
  draining: number;
}

/** How the instances of all servers do, in three figures. */
export function prepareFleet(servers: readonly ServerView[]): Fleet {
  const current = servers.flatMap((server) => server.current);
  const countOf = (matches: (instance: InstanceWithCounts) => boolean) => current.filter(matches).length;
  return {
    alive: countOf(({ status }) => status === "alive"),
    lost: countOf(({ status }) => status === "lost"),
    draining: countOf(({ drain }) => drain !== null),
  };
}

function isCurrent({ status }: InstanceWithCounts): boolean {
  return status === "alive" || status === "lost";
}

function rankOf({ status }: InstanceWithCounts): number {
  return status === "lost" ? 0 : 1;
}

function compareIds(a: InstanceWithCounts, b: InstanceWithCounts): number {
  return a.id.localeCompare(b.id, "en", { numeric: true });
}

function byLatestEnd(a: InstanceWithCounts, b: InstanceWithCounts): number {
  return Date.parse(b.endedAt ?? b.lastHeartbeatAt) - Date.parse(a.endedAt ?? a.lastHeartbeatAt);
}
