import { z } from "zod";
import { AppendedMessages, MessageList } from "@/lib/contract/messages";
import { Instance } from "@/lib/contract/instances";
import { RenewedSession, Session } from "@/lib/contract/session";
import { ReconnectedSession, ReconnectToken } from "@/lib/contract/tokens";
import { must } from "./check-failure";
import { type CallOptions, parseBody, type RegistryClient } from "./registry-client";

export const CHECK_SERVER = "holdfast-check";
export const CHECK_LABEL = "holdfast-check";
/** Should a run be killed, what it leaves open expires by itself after this time. */
const IDLE_TIMEOUT_MS = 10 * 60_000;

// A newer instance may answer with more than is known here.
const AnySession = z.object(Session.shape);
const AnyRenewed = z.object({ ...RenewedSession.shape, session: AnySession });
const AnyReconnected = z.object({ ...ReconnectedSession.shape, session: AnySession });
const AnyToken = z.object(ReconnectToken.shape);
const AnyInstance = z.object(Instance.shape);
const AnyObject = z.record(z.string(), z.unknown());
const EventTypes = z.object({ events: z.array(z.object({ type: z.string() })) });

export type Reconnected = z.output<typeof AnyReconnected>;

/** One process of an MCP server, as the check plays it. */
export interface Boot {
  instanceId: string;
  bootId: string;
}

/** The routes that checks use, each with the answer that it should give; remembers what has to be cleaned up. */
export class Registry {
  readonly client: RegistryClient;
  readonly run: string;
  /** Made by this run and not ended by it. */
  readonly openIds = new Set<string>();
  readonly boots: Boot[] = [];

  constructor(client: RegistryClient, run: string) {
    this.client = client;
    this.run = run;
  }

  /** What every session of the run is registered with. */
  facts(more: object = {}): object {
    return { server: CHECK_SERVER, labels: { [CHECK_LABEL]: this.run }, idleTimeoutMs: IDLE_TIMEOUT_MS, ...more };
  }

  async create(more: object = {}, headers: Record<string, string> = {}): Promise<Session> {
    const options = { body: this.facts(more), headers, status: 201 };
    const session = await this.client.call("POST /api/mcp/sessions", AnySession, options);
    this.openIds.add(session.id);
    return session;
  }

  read(id: string): Promise<Session> {
    return this.client.call(`GET ${at(id)}`, AnySession);
  }

  async use(id: string): Promise<void> {
    await this.client.call(`POST ${at(id)}/heartbeat`, AnyObject);
  }

  close(id: string): Promise<Session> {
    return this.#end(id, { as: "closed", by: "client" });
  }

  terminate(id: string): Promise<Session> {
    return this.#end(id, { reason: "holdfast check" });
  }

  async #end(id: string, body: object): Promise<Session> {
    const session = await this.client.call(`DELETE ${at(id)}`, AnySession, { body });
    this.openIds.delete(id);
    return session;
  }

  async readState(id: string): Promise<{ state: Record<string, unknown>; version: string | null }> {
    const answer = await this.client.send(`GET ${at(id)}/state`);
    must(answer.status === 200, `${answer.said}, not 200`);
    return { state: parseBody(answer, AnyObject), version: answer.headers.get("etag") };
  }

  async putState(id: string, state: object, headers: Record<string, string> = {}): Promise<void> {
    await this.client.call(`PUT ${at(id)}/state`, AnyObject, { body: state, headers });
  }

  async patchState(id: string, patch: object): Promise<void> {
    await this.client.call(`PATCH ${at(id)}/state`, AnyObject, { body: patch });
  }

  append(id: string, messages: readonly object[]): Promise<z.output<typeof AppendedMessages>> {
    return this.client.call(`POST ${at(id)}/messages`, AppendedMessages, { body: { messages }, status: 201 });
  }

  async messages(id: string): Promise<z.output<typeof MessageList>["messages"]> {
    return (await this.client.call(`GET ${at(id)}/messages`, MessageList)).messages;
  }

  async eventTypes(id: string): Promise<string[]> {
    const { events } = await this.client.call(`GET ${at(id)}/events?limit=500`, EventTypes);
    return events.map(({ type }) => type);
  }

  async renew(id: string): Promise<z.output<typeof AnyRenewed>> {
    const answer = await this.client.send(`POST ${at(id)}/renew`);
    must(answer.status === 201 || answer.status === 200, `${answer.said}, not 201 or 200`);
    const renewed = parseBody(answer, AnyRenewed);
    this.openIds.add(renewed.newSessionId);
    return renewed;
  }

  disconnect(id: string): Promise<Session> {
    return this.client.call(`POST ${at(id)}/disconnect`, AnySession, { body: { reason: "transport_lost" } });
  }

  async issueToken(id: string): Promise<string> {
    const answer = await this.client.send(`POST ${at(id)}/token`);
    must(answer.status === 200 || answer.status === 201, `${answer.said}, not 200 or 201`);
    const stored = answer.headers.get("cache-control");
    must(stored?.includes("no-store") === true, `${answer.said} with a token that caches may keep (no no-store)`);
    return parseBody(answer, AnyToken).token;
  }

  reconnect(id: string, token: string, more: object = {}): Promise<Reconnected> {
    return this.client.call(`POST ${at(id)}/reconnect`, AnyReconnected, { body: { token, ...more } });
  }

  async register(name: string, more: object = {}): Promise<Boot> {
    const boot = { instanceId: `${CHECK_SERVER}-${this.run}-${name}`, bootId: crypto.randomUUID() };
    const answer = await this.client.send(`PUT ${instanceAt(boot)}`, {
      body: { bootId: boot.bootId, server: CHECK_SERVER, ...more },
    });
    must(answer.status === 200 || answer.status === 201, `${answer.said}, not 200 or 201`);
    this.boots.push(boot);
    must(parseBody(answer, AnyInstance).status === "alive", `${answer.said} with an instance that is not alive`);
    return boot;
  }

  async stop(boot: Boot): Promise<void> {
    await this.client.call(`DELETE ${instanceAt(boot)}`, AnyObject, { body: { bootId: boot.bootId } });
  }

  claim(id: string, boot: Boot): Promise<Session> {
    return this.client.call(`POST ${at(id)}/claim`, AnySession, { body: boot });
  }

  /** Makes sure that a request on a session is refused, and why. */
  refused(id: string, [method, path]: readonly [Method, string], refusal: Refusal): Promise<void> {
    return this.client.refused(`${method} ${at(id)}${path}`, refusal.code, refusal);
  }
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface Refusal extends CallOptions {
  status: number;
  code: string;
}

export function at(id: string): `/${string}` {
  return `/api/mcp/sessions/${encodeURIComponent(id)}`;
}

export function instanceAt({ instanceId }: Boot): `/${string}` {
  return `/api/mcp/instances/${encodeURIComponent(instanceId)}`;
}
