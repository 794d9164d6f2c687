import type { HealthThresholds } from "@/lib/domain/health";
import type { HealthProjection } from "@/lib/domain/projection/health-projection";
import type { SessionStore } from "@/lib/store/session-store";
import type { TokenFacts } from "@/lib/store/token-store";
import type { Terminations } from "./terminations";

/** Time as the registry sees it: epoch milliseconds that never jump. */
export interface Clock {
  now(): number;
}

export interface IdSource {
  /** A new id of 128 random bits. */
  newId(): string;
  /** An id for one request's traces in log and answer. */
  newRequestId(): string;
  /** A stable digest of a JSON value, whatever the order of its keys. */
  fingerprint(value: unknown): string;
}

/** A session as a writer knows it. */
export interface SessionRef {
  id: string;
  /** Writes only while this is the session's epoch; null or absent: whichever it is. */
  ifEpoch?: number | null | undefined;
}

/** Wakes those who wait for news of an instance: a command, a drain, a successor. */
export interface InstanceSignals {
  announce(signal: InstanceSignal): void;
  /** Lets followers show that they are still there. */
  tick(): void;
  /** Answers how to unsubscribe. `onClose` is called once, when the process begins to stop. */
  subscribe(listener: {
    onSignal: (signal: InstanceSignal) => void;
    /** Every 15 s or so: time to show that one is still there. */
    onTick: () => void;
    onClose: () => void;
  }): () => void;
}

export interface InstanceSignal {
  /** `command`: there may be commands to hand out; `instance`: the instance itself has changed. */
  about: "command" | "instance";
  server: string;
  /** Null: for every instance of the server. */
  instanceId: string | null;
}

/** What a failure may have left half done: set before the first write, cleared after the last, looked at by every sweep. */
export interface Duties {
  /** Sessions whose boot is no longer alive have to be disconnected. */
  orphans: boolean;
  /** Sessions that were lost with a boot which is alive again have to be taken up. */
  revivals: boolean;
}

/** Makes and checks the texts of reconnect tokens; keeps nothing but the keys. */
export interface TokenSigner {
  /** A new token, good until the first full second that is at least `ttlMs` away. */
  issue(input: { sessionId: string; epoch: number; ttlMs: number; now: number }): Promise<IssuedToken>;
  /** The text of a token issued earlier; null when its key is gone. */
  restore(sessionId: string, facts: TokenFacts): Promise<string | null>;
  /** Whether a text is a token of this registry that has not expired; says nothing about whether it was used. */
  verify(text: string, now: number): Promise<VerifiedToken>;
}

export interface IssuedToken {
  text: string;
  facts: TokenFacts;
}

export type VerifiedToken =
  { failure: null; sessionId: string; hash: string } | { failure: "invalid" | "wrong_type" | "expired" };

export interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Rules that an operator may set. Durations in milliseconds. */
export interface Policy {
  thresholds: HealthThresholds;
  defaultIdleTimeoutMs: number;
  bootGraceMs: number;
  retentionMs: number;
  /** How long an instance may be silent, unless it says otherwise. */
  leaseMs: number;
  /** How long a disconnected session waits to be taken up again. */
  recoveryWindowMs: number;
  /** How long a reconnect token is good. */
  tokenTtlMs: number;
}

/** Everything a verb needs of the world. */
export interface ServiceContext {
  store: SessionStore;
  health: HealthProjection;
  clock: Clock;
  ids: IdSource;
  tokens: TokenSigner;
  signals: InstanceSignals;
  duties: Duties;
  terminations: Terminations;
  log: Logger;
  policy: Policy;
}
