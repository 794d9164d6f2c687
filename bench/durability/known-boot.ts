export type BootStatus = "alive" | "stopped" | "superseded";

/** What the writers know of one start of one server process. */
export interface KnownBoot {
  instanceId: string;
  bootId: string;
  /** Its lease is short and it is often silent: it may be lost at any moment, and is back with its next sign of life. */
  isFickle: boolean;
  /** As acknowledged; null while its registration is not. */
  status: BootStatus | null;
  /** What was asked for and not yet answered. */
  sent: BootStatus | null;
  /** Epoch milliseconds: the lease as acknowledged last. */
  leaseExpiresAt: number;
}

/** A server process of a writer, over all its starts. */
export interface Seat {
  instanceId: string;
  leaseMs: number;
  isFickle: boolean;
  boot: KnownBoot | null;
  /** The boot whose registration has not been answered. */
  next: KnownBoot | null;
}

const STEADY_LEASE_MS = 3_600_000;
const FICKLE_LEASE_MS = 1_000;

/** Two that keep their leases, and one that loses its own now and then. */
export function seatsOf(name: string): Seat[] {
  return [
    { suffix: "first", isFickle: false },
    { suffix: "second", isFickle: false },
    { suffix: "fickle", isFickle: true },
  ].map(({ suffix, isFickle }) => ({
    instanceId: `${name}-${suffix}`,
    leaseMs: isFickle ? FICKLE_LEASE_MS : STEADY_LEASE_MS,
    isFickle,
    boot: null,
    next: null,
  }));
}

/** The boot of a seat if it can take sessions for certain. */
export function livingBoot({ boot }: Seat): KnownBoot | null {
  return boot?.status === "alive" && boot.sent === null ? boot : null;
}
