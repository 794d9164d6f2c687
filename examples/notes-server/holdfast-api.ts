import type {
  Acknowledgement,
  Beat,
  Boot,
  HeartbeatReply,
  InstanceFacts,
  Registration,
  SessionPage,
  SessionRecord,
} from "./holdfast-wire";

/** Holdfast has understood the request and will not do it; trying again will not help. */
export class RefusedError extends Error {
  readonly status: number;
  /** Holdfast's own name of the problem, such as `session_gone`. */
  readonly code: string;

  constructor(status: number, code: string) {
    super(`${String(status)} ${code}`);
    this.status = status;
    this.code = code;
  }
}

type CallArguments = [method: string, path: string, body?: object, epoch?: number];

/**
 * The calls that a reporter needs. Each throws `RefusedError` for a 4xx, another error when Holdfast is away. Answers are
 * trusted to be as documented, like those of any other service of one's own.
 */
export class HoldfastApi {
  readonly #base: string;
  readonly #timeoutMs: number;

  constructor(url: string, timeoutMs: number) {
    this.#base = `${url.replace(/\/+$/, "")}/api/mcp`;
    this.#timeoutMs = timeoutMs;
  }

  async registerInstance({ instanceId, bootId }: Boot, facts: InstanceFacts): Promise<void> {
    await this.#call("PUT", instance(instanceId), { bootId, ...facts });
  }

  /** The process shuts down: its sessions are not over, they wait for another one. */
  async sayGoodbye({ instanceId, bootId }: Boot): Promise<void> {
    await this.#call("DELETE", instance(instanceId), { bootId });
  }

  async beat(
    { instanceId, bootId }: Boot,
    report: { sessions: Beat[]; acks: Acknowledgement[] },
  ): Promise<HeartbeatReply> {
    return (await this.#call("POST", `${instance(instanceId)}/heartbeat`, { bootId, ...report })) as HeartbeatReply;
  }

  async acknowledge({ instanceId, bootId }: Boot, acks: Acknowledgement[]): Promise<void> {
    await this.#call("POST", `${instance(instanceId)}/commands`, { bootId, acks });
  }

  /** Opens the stream of server-sent events that commands come on. */
  async openCommands(
    { instanceId, bootId }: Boot,
    { lastEventId, signal }: { lastEventId: string | undefined; signal: AbortSignal },
  ): Promise<ReadableStream<Uint8Array>> {
    const headers = { accept: "text/event-stream", ...(lastEventId !== undefined && { "last-event-id": lastEventId }) };
    const query = new URLSearchParams({ bootId }).toString();
    const response = await fetch(`${this.#base}${instance(instanceId)}/commands?${query}`, { headers, signal });
    if (!response.ok || !response.body) throw await failureOf(response);
    return response.body;
  }

  async createSession(boot: Boot, registration: Registration): Promise<SessionRecord> {
    return (await this.#call("POST", "/sessions", { ...registration, ...boot })) as SessionRecord;
  }

  async readSession(sessionId: string): Promise<SessionRecord> {
    return (await this.#call("GET", session(sessionId))) as SessionRecord;
  }

  async closeSession(sessionId: string): Promise<void> {
    await this.#call("DELETE", session(sessionId), { as: "closed", by: "client" });
  }

  async listDisconnected(server: string, cursor: string | null): Promise<SessionPage> {
    const query = new URLSearchParams({ server, status: "disconnected", ...(cursor !== null && { cursor }) });
    return (await this.#call("GET", `/sessions?${query.toString()}`)) as SessionPage;
  }

  /** Makes this boot the session's owner, unless a living one owns it. */
  async claim(boot: Boot, sessionId: string): Promise<SessionRecord> {
    return (await this.#call("POST", `${session(sessionId)}/claim`, boot)) as SessionRecord;
  }

  /** Gives a session back: another process may claim it. */
  async release(sessionId: string, detail: string): Promise<void> {
    await this.#call("POST", `${session(sessionId)}/disconnect`, { reason: "transport_lost", detail });
  }

  async readState(sessionId: string): Promise<Record<string, unknown>> {
    return (await this.#call("GET", `${session(sessionId)}/state`)) as Record<string, unknown>;
  }

  /** Merges into the session's state, unless another owner has taken over. */
  async mergeState({ id, epoch }: { id: string; epoch: number }, patch: object): Promise<void> {
    await this.#call("PATCH", `${session(id)}/state`, patch, epoch);
  }

  async #call(...[method, path, body, epoch]: CallArguments): Promise<unknown> {
    const response = await fetch(this.#base + path, {
      method,
      headers: {
        "content-type": "application/json",
        ...(epoch !== undefined && { "holdfast-epoch": String(epoch) }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(this.#timeoutMs),
    });
    if (!response.ok) throw await failureOf(response);
    return response.json();
  }
}

async function failureOf(response: Response): Promise<Error> {
  const { status } = response;
  const text = await response.text();
  const isTransient = status >= 500 || status === 429 || status === 408;
  return isTransient ? new Error(`status ${String(status)}`) : new RefusedError(status, codeOf(text));
}

/** Of a problem document; whatever else answered in Holdfast's place is shown as it is. */
function codeOf(text: string): string {
  try {
    const { code } = JSON.parse(text) as { code?: unknown };
    if (typeof code === "string") return code;
  } catch {
    // Not JSON.
  }
  return text.slice(0, 300);
}

function instance(id: string): string {
  return `/instances/${encodeURIComponent(id)}`;
}

function session(id: string): string {
  return `/sessions/${encodeURIComponent(id)}`;
}
