import type { InstanceFacts, InstanceRecord } from "@/lib/domain/instance";
import type { DisconnectReason } from "@/lib/domain/lifecycle";
import type { SessionStatus } from "@/lib/domain/session";
import type { WriteOutcome } from "./write-outcome";

/** Server processes with their leases, and who owns which session. Part of the store port, under the same promises. */
export interface InstanceStore {
  /** Registers a boot, or renews it; another boot of the same id that was alive is superseded. */
  registerInstance(input: InstanceRegistration): Promise<RegistrationOutcome>;
  /** Renews the lease of a boot. */
  renewLease(input: BootRef & { now: number }): Promise<LeaseOutcome>;
  /** Ends a boot that says goodbye. Its sessions follow with `disconnectOrphans`. */
  stopInstance(input: BootRef & { now: number }): Promise<LeaseOutcome>;
  /** Null ends the drain. `lost`: no boot of this id is alive. */
  drainInstance(input: DrainOrder): Promise<LeaseOutcome>;
  /** Marks every boot whose lease has run out; answers which. */
  recordLostInstances(now: number): Promise<readonly LostInstance[]>;
  /** Disconnects up to `limit` sessions whose boot is no longer alive. */
  disconnectOrphans(input: { now: number; limit: number; recoveryWindowMs: number }): Promise<{ more: boolean }>;
  /** Takes up again up to `limit` sessions that were lost with a boot which is alive again. */
  reviveSessions(input: Revival): Promise<{ revived: number; more: boolean }>;
  /** Leases that end before `until` end then: nobody was there to renew them. */
  extendLeases(until: number): Promise<void>;
  /** No lease ends later than one that is renewed now: the clock may have been set back. */
  capLeases(now: number): Promise<void>;

  /** An active session whose server has lost it, or lost its client. */
  disconnectSession(input: SessionDisconnect): Promise<WriteOutcome>;
  /** Gives a session to a boot, under a new epoch, unless a living one owns it. */
  claimSession(input: SessionClaim): Promise<WriteOutcome>;

  /** The latest boot of an id. */
  findInstance(id: string): Promise<InstanceRecord | null>;
  findInstanceByPk(pk: number): Promise<InstanceRecord | null>;
  /** Boots that are alive or ended after `endedAfter`, latest first. */
  listInstances(query: { endedAfter: number; limit: number }): Promise<InstanceRecord[]>;
  /** Open sessions by server and by boot, in one look. */
  countOpenSessions(now: number): Promise<OpenSessionCount[]>;
  /** Deletes up to `limit` boots that ended before `endedBefore`. */
  purgeInstances(endedBefore: number, limit: number): Promise<number>;
}

export interface BootRef {
  id: string;
  bootId: string;
}

export interface LostInstance {
  id: string;
  server: string;
}

export interface InstanceRegistration {
  facts: InstanceFacts;
  now: number;
}

/** `superseded`: this boot has ended; `taken`: a living boot of another server has the id, or this very boot is another server's. */
export type RegistrationOutcome =
  | { outcome: "created" | "renewed"; instance: InstanceRecord; wasLost: boolean }
  | { outcome: "superseded" }
  | { outcome: "taken" };

export interface Revival {
  now: number;
  limit: number;
  /** Least time that they have before they expire: their heartbeats are on their way. */
  graceMs: number;
}

/** `lost`: the boot is unknown or has ended for good. */
export type LeaseOutcome = { outcome: "won"; instance: InstanceRecord; wasLost: boolean } | { outcome: "lost" };

export interface DrainOrder {
  id: string;
  now: number;
  drain: { deadlineAt: number | null } | null;
}

export interface SessionDisconnect {
  id: string;
  reason: DisconnectReason;
  detail: string | null;
  ifEpoch?: number | null;
  recoveryWindowMs: number;
  now: number;
}

export interface SessionClaim extends BootRef {
  sessionId: string;
  now: number;
}

export interface OpenSessionCount {
  server: string;
  /** Null for sessions without a lease. */
  instancePk: number | null;
  status: Extract<SessionStatus, "active" | "disconnected">;
  count: number;
}
