import { expect } from "vitest";
import type { CallOptions, TestRegistry } from "./test-registry";

export interface TokenAnswer {
  sessionId: string;
  token: string;
  expiresAt: string;
}

export interface ReconnectAnswer {
  session: Record<string, unknown>;
  token: string;
  tokenExpiresAt: string;
  repeated: boolean;
  /** Of a refusal. */
  code: string;
}

const SESSIONS = "/api/mcp/sessions";

/** Short ways to work with one session and its tokens over HTTP. */
export class TokenCalls {
  readonly #registry: TestRegistry;
  readonly id: string;

  private constructor(registry: TestRegistry, id: string) {
    this.#registry = registry;
    this.id = id;
  }

  /** Creates a session that expires after a minute without use, and answers the calls for it. */
  static async create(registry: TestRegistry, facts: object = {}): Promise<TokenCalls> {
    const body = { server: "notes", idleTimeoutMs: 60_000, ...facts };
    const created = await registry.call<{ id: string }>("POST", SESSIONS, { body });
    return new TokenCalls(registry, created.body.id);
  }

  /** The same calls for another id. */
  as(id: string): TokenCalls {
    return new TokenCalls(this.#registry, id);
  }

  call<Body>(method: string, part = "", options: CallOptions = {}) {
    return this.#registry.call<Body>(method, `${SESSIONS}/${this.id}${part}`, options);
  }

  issue(method = "POST") {
    return this.call<TokenAnswer>(method, "/token");
  }

  async token(): Promise<string> {
    return (await this.issue()).body.token;
  }

  reconnect(token: string, given: object = {}) {
    return this.call<ReconnectAnswer>("POST", "/reconnect", { body: { token, ...given } });
  }

  /** Status and code of a reconnect that is refused. */
  async refusal(token: string, given: object = {}): Promise<[number, string]> {
    const { status, body, headers } = await this.reconnect(token, given);
    expect(headers.get("www-authenticate")).toBe(status === 401 ? 'Bearer error="invalid_token"' : null);
    return [status, body.code];
  }

  async read(): Promise<Record<string, unknown>> {
    return (await this.call<Record<string, unknown>>("GET")).body;
  }

  async events(): Promise<{ type: string; data: object | null }[]> {
    return (await this.call<{ events: { type: string; data: object | null }[] }>("GET", "/events")).body.events;
  }

  async eventTypes(): Promise<string[]> {
    return (await this.events()).map(({ type }) => type);
  }
}
