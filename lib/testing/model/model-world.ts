/** What the model believes of one session. Times are epoch milliseconds. */
export interface ModelSession {
  id: string;
  server: string;
  instanceId: string | null;
  idleTimeoutMs: number;
  lifetimeMs: number | null;
  labels: Record<string, string>;
  /** As recorded: a deadline that has passed makes it expired before anybody writes that down. */
  status: "active" | "disconnected" | "expired" | "closed" | "terminated";
  endReason: string | null;
  endDetail: string | null;
  endedAt: number | null;
  createdAt: number;
  lastActivityAt: number;
  lastHeartbeatAt: number | null;
  inFlight: number;
  requests: number;
  errors: number;
  deadline: number;
  disconnectedAt: number | null;
  epoch: number;
  reconnects: number;
  state: ModelJson;
  stateVersion: number;
  messages: ModelMessage[];
  supersedes: string | null;
  supersededBy: string | null;
  /** The boot that holds it under a lease; null once it has ended. */
  holder: ModelBoot | null;
  /** The boot that held it last. */
  lastHolder: ModelBoot | null;
  tokens: ModelToken[];
  events: ModelEvent[];
}

export interface ModelJson {
  [key: string]: ModelJson | string | number | null;
}

export interface ModelMessage {
  id: string | null;
  role: "user" | "tool";
  content: string;
}

export interface ModelEvent {
  type: string;
  at: number;
  reason: string | null;
  data: Record<string, unknown>;
}

export interface ModelToken {
  text: string;
  expiresAt: number;
  redeemedAt: number | null;
  isVoid: boolean;
  successor: ModelToken | null;
}

export interface ModelBoot {
  instanceId: string;
  bootId: string;
  server: string;
  status: "alive" | "lost" | "stopped" | "superseded";
  leaseMs: number;
  leaseEndsAt: number | null;
  lastHeartbeatAt: number;
  endedAt: number | null;
  drain: { since: number; deadlineAt: number | null } | null;
}

/** What a request has to be answered with: fields that are not named may be anything. */
export interface Expected {
  status: number;
  body?: object;
}

/** The whole registry as the model sees it, as far as one run has touched it. */
export interface ModelWorld {
  now: number;
  /** When the registry was last known to be up, should it be killed now. */
  seenAt: number;
  sessions: ModelSession[];
  /** In the order in which they were registered. */
  boots: ModelBoot[];
}

export const IDLE_TIMEOUT_MS = 1_800_000;
export const IN_FLIGHT_TRUST_MS = 300_000;
export const GRACE_MS = 60_000;
export const RECOVERY_MS = 900_000;
export const LEASE_MS = 30_000;
export const TOKEN_MS = 900_000;
export const REPEAT_MS = 10_000;
export const GOOD_TOKENS = 8;

export function refusal(status: number, code: string, fields: object = {}): Expected {
  return { status, body: { code, ...fields } };
}

export function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

export function sessionOf(world: ModelWorld, id: string): ModelSession | undefined {
  return world.sessions.find((session) => session.id === id);
}

/** Alive, or with its next heartbeat. */
export function canComeBack({ status }: ModelBoot): boolean {
  return status === "alive" || status === "lost";
}

/** The boot that an instance id stands for: the one that may come back, else the latest. */
export function bootOf({ boots }: ModelWorld, instanceId: string): ModelBoot | undefined {
  const own = boots.filter((boot) => boot.instanceId === instanceId);
  return own.find(canComeBack) ?? own.at(-1);
}

export function note(session: ModelSession, event: Partial<ModelEvent> & Pick<ModelEvent, "type" | "at">): void {
  session.events.push({ reason: null, data: {}, ...event });
}
