import type { QueryClient, QueryKey } from "@tanstack/react-query";
import type { SessionHealthSummary } from "@/lib/contract/health";
import type { InstanceWithCounts, ServerList } from "@/lib/contract/instances";
import type { SingleFrame } from "@/lib/contract/live";
import { queryKeys } from "../query-keys";
import { patchListedSessions } from "../sessions/session-list-cache";
import { applyFrames, type LiveCaches, type LivePatches } from "./apply-frames";
import type { Refresher } from "./refresher";

/** Positions of more sessions than any screen shows; who falls out was told of longest ago. */
const MAX_POSITIONS = 5_000;
/** An answer that was overtaken by frames while it was under way is asked for once more. */
const OVERTAKEN_MS = 1_000;

interface CacheTools {
  queryClient: QueryClient;
  refresher: Refresher;
  positions: Map<string, number>;
}

/** Brings the query cache to where the frames are. */
export function patchCache(tools: CacheTools, frames: readonly SingleFrame[]): void {
  const patches = applyFrames(readCaches(tools, frames), frames);
  writeFigures(tools, patches);
  writeSessions(tools, patches);
  for (const [id, instance] of patches.instances) tools.queryClient.setQueryData(queryKeys.instance(id), instance);
  if (patches.servers) {
    const updatedAt = tools.queryClient.getQueryState(queryKeys.servers())?.dataUpdatedAt;
    // One instance is new, the leases of the others are as old as they were.
    tools.queryClient.setQueryData(queryKeys.servers(), patches.servers, updatedAt === undefined ? {} : { updatedAt });
  }
  for (const refresh of patches.refresh) tools.refresher.refresh(refresh);
  rememberPositions(tools.positions, patches.positions);
}

function readCaches({ queryClient, positions }: CacheTools, frames: readonly SingleFrame[]): LiveCaches {
  const health = queryClient.getQueryState<SessionHealthSummary>(queryKeys.health());
  const instances = new Map<string, InstanceWithCounts>();
  for (const frame of frames) {
    if (frame.type !== "instance_updated") continue;
    const known = queryClient.getQueryData<InstanceWithCounts | null>(queryKeys.instance(frame.instance.id));
    if (known) instances.set(known.id, known);
  }
  return {
    health: health?.data,
    healthAgeMs: Date.now() - (health?.dataUpdatedAt ?? 0),
    servers: queryClient.getQueryData<ServerList>(queryKeys.servers()),
    instances,
    positions,
  };
}

function writeFigures({ queryClient, refresher }: CacheTools, { health, areFiguresNew }: LivePatches): void {
  if (!health) return;
  queryClient.setQueryData(queryKeys.health(), health);
  // Rows that an older answer undoes come back with the next figures, within a second.
  if (areFiguresNew) askOnceMore({ queryClient, refresher }, queryKeys.health());
}

function writeSessions({ queryClient, refresher }: CacheTools, { sessions }: LivePatches): void {
  for (const [id, session] of sessions) {
    const queryKey = queryKeys.session(id);
    if (!queryClient.getQueryState(queryKey)) continue;
    queryClient.setQueryData(queryKey, session);
    askOnceMore({ queryClient, refresher }, queryKey);
  }
  patchListedSessions(queryClient, [...sessions.values()]);
}

function askOnceMore({ queryClient, refresher }: Omit<CacheTools, "positions">, queryKey: QueryKey): void {
  const isUnderWay = queryClient.getQueryState(queryKey)?.fetchStatus === "fetching";
  if (isUnderWay) refresher.refresh({ queryKey, gapMs: OVERTAKEN_MS });
}

function rememberPositions(known: Map<string, number>, told: ReadonlyMap<string, number>): void {
  for (const [id, seq] of told) {
    known.delete(id);
    known.set(id, seq);
  }
  for (const id of known.keys()) {
    if (known.size <= MAX_POSITIONS) return;
    known.delete(id);
  }
}
