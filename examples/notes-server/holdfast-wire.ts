/** What a reporter sends to Holdfast and gets back. Durations are milliseconds, ages rather than times of day. */

/** One start of one process; a process that starts again keeps its instance id and has another boot id. */
export interface Boot {
  instanceId: string;
  bootId: string;
}

/** `PUT /api/mcp/instances/{id}` */
export interface InstanceFacts {
  server: string;
  serverVersion: string;
  host: string;
  pid: number;
  sdk: string;
  protocolVersions: string[];
  uptimeMs: number;
  leaseMs?: number;
}

/** `POST /api/mcp/sessions` */
export interface Registration {
  id: string;
  server: string;
  serverVersion?: string;
  clientInfo: { name: string; version: string };
  capabilities: object;
  protocolVersion: string;
  transport: "streamable-http";
  principal: string | null;
  idleTimeoutMs?: number;
}

/** What a reporter needs of a session as Holdfast answers it. */
export interface SessionRecord {
  id: string;
  kind: string;
  principal: string | null;
  protocolVersion: string | null;
  /** Counts the owners; a write that names another one than the session has by now is refused. */
  epoch: number;
}

/** `GET /api/mcp/sessions` */
export interface SessionPage {
  sessions: SessionRecord[];
  /** Null on the last one. */
  nextCursor: string | null;
}

/** One entry of a heartbeat: counts are those since the last one that was accepted. */
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

export interface Command {
  id: string;
  type: "terminate";
  sessionId: string;
  reason: string | null;
}

export interface Acknowledgement {
  id: string;
  outcome: "done" | "unknown_session" | "failed";
  detail?: string;
}

/** Present while an operator wants the process to take no new sessions. */
export interface DrainState {
  since: string;
  deadlineAt: string | null;
}

/** `disconnected`: waits to be taken up; `fenced`: another process has taken it up; `gone`: over for good. */
export interface BeatResult {
  id: string;
  outcome: "ok" | "gone" | "disconnected" | "fenced" | "unknown";
  status: string | null;
  reason: string | null;
}

/** The answer to `POST /api/mcp/instances/{id}/heartbeat` */
export interface HeartbeatReply {
  drain: DrainState | null;
  results: BeatResult[];
  /** Repeated until they are acknowledged. */
  commands: Command[];
}
