import type { SessionHealthSummary } from "@/lib/contract/health";
import type { Instance } from "@/lib/contract/instances";
import type { Session } from "@/lib/contract/session";
import type { LogStore } from "@/lib/store/log-store";
import type { ServiceContext } from "./context";
import { presentInstance } from "./present-instance";
import { presentSession } from "./present-session";
import { summarizeHealth } from "./summarize-health";

export interface LiveSource {
  now(): number;
  readPosition(): Promise<number>;
  readLog: LogStore["read"];
  readSessions(pks: readonly number[]): Promise<ReadonlyMap<number, Session>>;
  findPks: LogStore["findPks"];
  readInstance(id: string): Promise<Instance | null>;
  readHealth(): Promise<SessionHealthSummary>;
  healthFingerprint(): string;
}

/** What the live feed reads: the log, and the things that it speaks of as they are now. */
export function liveSource(ctx: ServiceContext): LiveSource {
  const { store, clock, health } = ctx;
  return {
    now: () => clock.now(),
    readPosition: () => store.log.position(),
    readLog: (query) => store.log.read(query),
    readSessions: async (pks) => {
      const records = pks.length === 0 ? [] : await store.findSessionsByPk(pks);
      const now = clock.now();
      return new Map(records.map((record) => [record.pk, presentSession(ctx, record, now)]));
    },
    findPks: (ids) => store.log.findPks(ids),
    readInstance: async (id) => {
      const instance = await store.instances.findInstance(id);
      return instance && presentInstance(instance);
    },
    readHealth: () => summarizeHealth(ctx),
    healthFingerprint: () => {
      const now = clock.now();
      return JSON.stringify([
        health.statusBreakdownAt(now),
        health.ageDistributionAt(now),
        health.connectionHealthAt(now),
      ]);
    },
  };
}
