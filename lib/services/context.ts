import type { HealthThresholds } from "@/lib/domain/health";
import type { HealthProjection } from "@/lib/domain/projection/health-projection";
import type { SessionStore } from "@/lib/store/session-store";

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
}

/** Everything a verb needs of the world. */
export interface ServiceContext {
  store: SessionStore;
  health: HealthProjection;
  clock: Clock;
  ids: IdSource;
  log: Logger;
  policy: Policy;
}
