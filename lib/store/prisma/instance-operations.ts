import type { InstanceStore, OpenSessionCount } from "../instance-store";
import { countOpenSessions, findInstance, findInstanceByPk, listInstances } from "./reads/find-instances";
import type { StoreAccess } from "./store-access";
import { drainInstancesWrite, renewLeasesWrite, stopInstancesWrite } from "./writes/change-instances";
import { claimSessionsWrite } from "./writes/claim-sessions";
import { disconnectOrphansWrite, disconnectSessionsWrite } from "./writes/disconnect-sessions";
import { registerInstancesWrite } from "./writes/register-instances";
import { reviveSessionsWrite } from "./writes/revive-sessions";
import {
  capLeasesWrite,
  extendLeasesWrite,
  purgeInstancesWrite,
  recordLostInstancesWrite,
} from "./writes/sweep-instances";

/** From this many sessions on a count takes milliseconds of the event loop, and is good for a while: the longer, the more they are. */
const MANY_SESSIONS = 5_000;
const SESSIONS_PER_MS = 20;
const LONGEST_MS = 5_000;

function countSparingly(count: InstanceStore["countOpenSessions"]): InstanceStore["countOpenSessions"] {
  let last: { at: number; until: number; counts: Promise<OpenSessionCount[]> } | undefined;
  return async (now) => {
    if (last && now >= last.at && now < last.until) return last.counts;
    const counts = count(now);
    const total = (await counts).reduce((sum, group) => sum + group.count, 0);
    const goodForMs = Math.min(LONGEST_MS, total / SESSIONS_PER_MS);
    last = total >= MANY_SESSIONS ? { at: now, until: now + goodForMs, counts } : undefined;
    return counts;
  };
}

/** The part of the store that knows server processes. `onOwnerChanged` hears which sessions belong to another one now. */
export function instanceOperations(
  { writer, submit, read }: StoreAccess,
  onOwnerChanged: (sessionId: string) => void,
): InstanceStore {
  const register = registerInstancesWrite(writer);
  const renew = renewLeasesWrite(writer);
  const stop = stopInstancesWrite(writer);
  const drain = drainInstancesWrite(writer);
  const lost = recordLostInstancesWrite(writer);
  const orphans = disconnectOrphansWrite(writer);
  const revive = reviveSessionsWrite(writer);
  const extend = extendLeasesWrite(writer);
  const cap = capLeasesWrite(writer);
  const disconnect = disconnectSessionsWrite(writer);
  const claim = claimSessionsWrite(writer);
  const purge = purgeInstancesWrite(writer);
  return {
    registerInstance: (input) => submit(register, input),
    renewLease: (input) => submit(renew, input),
    stopInstance: (input) => submit(stop, input),
    drainInstance: (input) => submit(drain, input),
    recordLostInstances: async (now) => {
      const due = await read(
        (client) => client.$queryRaw<unknown[]>`SELECT 1 FROM "Instance" WHERE "leaseExpiresAt" <= ${now} LIMIT 1`,
      );
      return due.length === 0 ? [] : submit(lost, { now });
    },
    disconnectOrphans: (input) => submit(orphans, input),
    reviveSessions: (input) => submit(revive, input),
    extendLeases: async (until) => {
      await submit(extend, { until });
    },
    capLeases: async (now) => {
      await submit(cap, { now });
    },
    disconnectSession: (input) => submit(disconnect, input),
    claimSession: async (input) => {
      const result = await submit(claim, input);
      if (result.outcome === "won") onOwnerChanged(input.sessionId);
      return result;
    },
    findInstance: (id) => read((client) => findInstance(client, id)),
    findInstanceByPk: (pk) => read((client) => findInstanceByPk(client, pk)),
    listInstances: (query) => read((client) => listInstances(client, query)),
    countOpenSessions: countSparingly((now) => read((client) => countOpenSessions(client, now))),
    purgeInstances: (endedBefore, limit) => submit(purge, { endedBefore, limit }),
  };
}
