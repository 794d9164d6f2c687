import type { InstanceList, InstanceWithCounts, ServerList } from "@/lib/contract/instances";
import type { ServiceContext } from "./context";
import { presentInstance, presentInstanceWithCounts, sumCounts } from "./present-instance";
import { isoTime } from "./present-session";
import { requireInstance } from "./require-instance";

/** Ended boots stay in the lists for a day. */
const SHOWN_FOR_MS = 24 * 3_600_000;
const SHOWN_INSTANCES = 500;

/** Instances that are alive or ended within a day, latest first, with their open sessions. */
export async function listInstances(ctx: ServiceContext): Promise<InstanceList> {
  const now = ctx.clock.now();
  const { records, counts } = await read(ctx, now);
  return {
    instances: records.map((record) => presentInstanceWithCounts(record, counts)),
    generatedAt: isoTime(now),
  };
}

/** Servers with their instances: every server that has open sessions, or an instance on the list. */
export async function listServers(ctx: ServiceContext): Promise<ServerList> {
  const now = ctx.clock.now();
  const { records, counts } = await read(ctx, now);
  const names = [...new Set([...records.map(({ server }) => server), ...counts.map(({ server }) => server)])].sort();
  return {
    servers: names.map((name) => {
      const ofServer = counts.filter(({ server }) => server === name);
      return {
        name,
        sessions: sumCounts(ofServer, () => true),
        unleased: sumCounts(ofServer, ({ instancePk }) => instancePk === null),
        instances: records
          .filter(({ server }) => server === name)
          .map((record) => presentInstanceWithCounts(record, counts)),
      };
    }),
    generatedAt: isoTime(now),
  };
}

/**
 * One instance with its open sessions.
 * @throws instance_not_found
 */
export async function getInstance(ctx: ServiceContext, id: string): Promise<InstanceWithCounts> {
  const record = await requireInstance(ctx, id);
  const counts = await ctx.store.instances.countOpenSessions(ctx.clock.now());
  return { ...presentInstance(record), sessions: sumCounts(counts, ({ instancePk }) => instancePk === record.pk) };
}

/** Boots that are alive or ended within a day, latest first. */
export function readShownInstances({ store }: ServiceContext, now: number) {
  return store.instances.listInstances({ endedAfter: now - SHOWN_FOR_MS, limit: SHOWN_INSTANCES });
}

async function read(ctx: ServiceContext, now: number) {
  const [records, counts] = await Promise.all([
    readShownInstances(ctx, now),
    ctx.store.instances.countOpenSessions(now),
  ]);
  return { records, counts };
}
