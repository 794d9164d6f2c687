export const INSTANCE_STATUSES = ["alive", "lost", "stopped", "superseded"] as const;
/** `lost`: its lease ran out; `stopped`: it said goodbye; `superseded`: another boot took its id over. */
export type InstanceStatus = (typeof INSTANCE_STATUSES)[number];

/** What a server process says of itself when it registers. Times are epoch milliseconds, durations milliseconds. */
export interface InstanceFacts {
  id: string;
  bootId: string;
  server: string;
  serverVersion: string | null;
  host: string | null;
  pid: number | null;
  sdk: string | null;
  protocolVersions: string[];
  startedAt: number;
  leaseMs: number;
}

/** One boot of one server process, as it is stored. */
export interface InstanceRecord extends InstanceFacts {
  pk: number;
  status: InstanceStatus;
  registeredAt: number;
  lastHeartbeatAt: number;
  /** Null once it is no longer alive. */
  leaseExpiresAt: number | null;
  endedAt: number | null;
  drain: Drain | null;
}

/** An instance that takes no new sessions; null deadline: nobody said by when. */
export interface Drain {
  since: number;
  deadlineAt: number | null;
}
