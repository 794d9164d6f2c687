import type { InstanceWithCounts, ServerList } from "@/lib/contract/instances";
import { type Fleet, prepareFleet, prepareServers } from "./prepare-servers";

export interface FleetRows {
  fleet: Fleet;
  /** Those in trouble first: lost, then draining. */
  shown: InstanceWithCounts[];
  hidden: number;
}

/** The processes that serve, or did until their lease ran out, as many as there is room for. */
export function prepareFleetRows(list: ServerList, limit: number): FleetRows {
  const servers = prepareServers(list);
  const current = servers.flatMap((server) => server.current).sort((a, b) => rankOf(a) - rankOf(b));
  const shown = current.length <= limit ? current : current.slice(0, limit - 1);
  return { fleet: prepareFleet(servers), shown, hidden: current.length - shown.length };
}

function rankOf({ status, drain }: InstanceWithCounts): number {
  if (status === "lost") return 0;
  return drain === null ? 2 : 1;
}
