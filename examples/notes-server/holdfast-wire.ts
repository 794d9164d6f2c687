/** What a reporter sends to Holdfast and gets back. Durations are milliseconds. */

/** `POST /api/mcp/sessions` */
export interface Registration {
  id: string;
  server: string;
  serverVersion?: string;
  instanceId: string;
  clientInfo: { name: string; version: string };
  capabilities: object;
  protocolVersion: string;
  transport: "streamable-http";
  principal: string | null;
  idleTimeoutMs?: number;
}

/** One entry of `POST /api/mcp/heartbeats`: counts are those since the last beat that was accepted. */
export interface Beat extends Figures {
  id: string;
}

export interface Figures {
  /** Since the end of the last client request; 0 while one is in flight. */
  idleMs: number;
  inFlight: number;
  requests: number;
  errors: number;
}

/** The answer to `POST /api/mcp/heartbeats` */
export interface HeartbeatsReply {
  results: { id: string; outcome: "ok" | "gone" | "unknown"; status: string | null; reason: string | null }[];
  /** Repeated in every reply until their ids come back as `acks`. */
  commands: { id: string; type: "terminate"; sessionId: string; reason: string | null }[];
}
