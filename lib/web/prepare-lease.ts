import type { Instance } from "@/lib/contract/instances";

export type Lease =
  | { state: "held"; leftMs: number; /** 1 just renewed, 0 run out. */ ratio: number }
  | { state: "over"; sinceMs: number };

type LeaseFacts = Pick<Instance, "leaseMs" | "leaseExpiresAt" | "endedAt" | "lastHeartbeatAt">;

/** How much of its lease an instance has left, or since when it holds none, at `now` by the registry's clock. */
export function prepareLease({ leaseMs, leaseExpiresAt, endedAt, lastHeartbeatAt }: LeaseFacts, now: number): Lease {
  if (leaseExpiresAt === null)
    return { state: "over", sinceMs: Math.max(0, now - Date.parse(endedAt ?? lastHeartbeatAt)) };
  const leftMs = Math.min(leaseMs, Math.max(0, Date.parse(leaseExpiresAt) - now));
  return { state: "held", leftMs, ratio: leftMs / leaseMs };
}
