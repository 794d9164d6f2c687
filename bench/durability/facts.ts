import type { SessionStatus } from "@/lib/domain/session";
import type { KnownBoot } from "./known-boot";

/** What only its own writer changes of a session: with the last acknowledgement all of it is known. */
export interface Facts {
  status: SessionStatus;
  endReason: string | null;
  endDetail: string | null;
  epoch: number;
  reconnectCount: number;
  instanceId: string | null;
  /** The boot that serves it, or served it last. */
  boot: KnownBoot | null;
  /** Each patch sets the label `revision` to the next number. */
  revision: number;
  stateVersion: number;
  /** The version that replaced the whole state last. */
  stateBase: number;
  messageCount: number;
  supersededBy: string | null;
}

export const ACTIVE = { status: "active", endReason: null, endDetail: null } as const;
export const LOST = { status: "disconnected", endReason: "instance_lost", endDetail: null } as const;
export const SHUT_DOWN = { status: "disconnected", endReason: "server_shutdown", endDetail: null } as const;
export const IDLE = { status: "expired", endReason: "idle_timeout", endDetail: null } as const;

export const FRESH: Facts = {
  ...ACTIVE,
  epoch: 1,
  reconnectCount: 0,
  instanceId: null,
  boot: null,
  revision: 0,
  stateVersion: 0,
  stateBase: 0,
  messageCount: 0,
  supersededBy: null,
};
