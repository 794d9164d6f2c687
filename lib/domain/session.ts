export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export interface JsonObject {
  [key: string]: JsonValue;
}

export const SESSION_KINDS = ["protocol", "handle"] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

export const SESSION_STATUSES = ["active", "disconnected", "expired", "closed", "terminated"] as const;
export type SessionStatus = (typeof SESSION_STATUSES)[number];

/** Why a session is no longer active. Closed set: every end carries exactly one. */
export const END_REASONS = [
  "client_closed",
  "server_closed",
  "server_shutdown",
  "instance_lost",
  "transport_lost",
  "idle_timeout",
  "lifetime_exceeded",
  "recovery_window_over",
  "operator_terminated",
  "token_reuse",
  "capacity_evicted",
  "superseded",
  "unknown",
] as const;
export type EndReason = (typeof END_REASONS)[number];

/** What a reporter says of a session when it registers it. */
export interface SessionFacts {
  id: string;
  kind: SessionKind;
  server: string;
  serverVersion: string | null;
  instanceId: string | null;
  clientId: string | null;
  clientInfo: JsonObject | null;
  capabilities: JsonObject | null;
  protocolVersion: string | null;
  transport: string | null;
  principal: string | null;
  mcpServers: string[];
  labels: Record<string, string>;
  idleTimeoutMs: number;
  lifetimeMs: number | null;
}

/** The hot half: what heartbeats change. Times are epoch milliseconds. */
export interface SessionActivity {
  lastActivityAt: number;
  lastHeartbeatAt: number | null;
  inFlight: number;
  requestCount: number;
  errorCount: number;
  lifetimeEndsAt: number | null;
  /** When it expires: out of use while active, out of its recovery window while disconnected. */
  deadlineAt: number;
  /** When it lost its server; null unless it is disconnected. */
  disconnectedAt: number | null;
  /** Counts the owners of the session: a write under an earlier epoch comes from one that lost it. */
  epoch: number;
}

/** A session as it is stored. Its recorded status may lag its deadline: read it through `viewSession`. */
export interface SessionRecord extends SessionFacts {
  pk: number;
  status: SessionStatus;
  endReason: EndReason | null;
  endDetail: string | null;
  createdAt: number;
  endedAt: number | null;
  reconnectCount: number;
  messageCount: number;
  stateVersion: number;
  supersedes: string | null;
  supersededBy: string | null;
  /** The boot that served it last, as the store knows it; null when it never had a lease. */
  instancePk: number | null;
  /** When its last good reconnect token expires; null without one. */
  tokenExpiresAt: number | null;
  activity: SessionActivity;
}
