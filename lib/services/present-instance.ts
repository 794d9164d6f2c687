import type { Instance, InstanceWithCounts } from "@/lib/contract/instances";
import type { Drain, InstanceRecord } from "@/lib/domain/instance";
import type { OpenSessionCount } from "@/lib/store/instance-store";
import { isoOrNull, isoTime } from "./present-session";

export function presentDrain(drain: Drain | null): Instance["drain"] {
  return drain && { since: isoTime(drain.since), deadlineAt: isoOrNull(drain.deadlineAt) };
}

/** A stored instance as the wire shows it. */
export function presentInstance(record: InstanceRecord): Instance {
  const { pk: _, startedAt, registeredAt, lastHeartbeatAt, leaseExpiresAt, endedAt, drain, ...facts } = record;
  return {
    ...facts,
    startedAt: isoTime(startedAt),
    registeredAt: isoTime(registeredAt),
    lastHeartbeatAt: isoTime(lastHeartbeatAt),
    leaseExpiresAt: isoOrNull(leaseExpiresAt),
    endedAt: isoOrNull(endedAt),
    drain: presentDrain(drain),
  };
}

export function presentInstanceWithCounts(
  record: InstanceRecord,
  counts: readonly OpenSessionCount[],
): InstanceWithCounts {
  return { ...presentInstance(record), sessions: sumCounts(counts, ({ instancePk }) => instancePk === record.pk) };
}

/** How many sessions are active and how many disconnected, of the counts that are asked for. */
export function sumCounts(
  counts: readonly OpenSessionCount[],
  isWanted: (count: OpenSessionCount) => boolean,
): { active: number; disconnected: number } {
  const sums = { active: 0, disconnected: 0 };
  for (const entry of counts) if (isWanted(entry)) sums[entry.status] += entry.count;
  return sums;
}
