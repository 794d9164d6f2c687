import type { Beat, HeartbeatsReply, Registration } from "./holdfast-wire";

/** Holdfast has understood the request and will not do it; trying again will not help. */
export class RefusedError extends Error {
  readonly status: number;

  constructor(status: number, detail: string) {
    super(`${String(status)} ${detail}`);
    this.status = status;
  }
}

/** The three calls that a reporter needs. Each throws `RefusedError` for a 4xx, another error when Holdfast is away. */
export class HoldfastApi {
  readonly #base: string;
  readonly #timeoutMs: number;

  constructor(url: string, timeoutMs: number) {
    this.#base = `${url.replace(/\/+$/, "")}/api/mcp`;
    this.#timeoutMs = timeoutMs;
  }

  async register(registration: Registration): Promise<void> {
    await this.#call("POST", "/sessions", registration);
  }

  async beat(body: { beats: Beat[]; acks: string[] }): Promise<HeartbeatsReply> {
    // The registry's documented answer; it is trusted like any other service of one's own.
    return (await this.#call("POST", "/heartbeats", body)) as HeartbeatsReply;
  }

  /** A session that has already ended, or that Holdfast does not know, needs no closing. */
  async close(sessionId: string): Promise<void> {
    try {
      await this.#call("DELETE", `/sessions/${encodeURIComponent(sessionId)}`, { as: "closed", by: "client" });
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
    }
  }

  async #call(method: "POST" | "DELETE", path: string, body: object): Promise<unknown> {
    const response = await fetch(this.#base + path, {
      method,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(this.#timeoutMs),
    });
    const text = await response.text();
    if (response.ok) return JSON.parse(text);
    const isTransient = response.status >= 500 || response.status === 429 || response.status === 408;
    throw isTransient
      ? new Error(`status ${String(response.status)}`)
      : new RefusedError(response.status, text.slice(0, 300));
  }
}
