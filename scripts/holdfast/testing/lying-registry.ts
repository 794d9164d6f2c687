import { createServer, type IncomingMessage } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";
import type { CheckClock } from "../check";

export interface Call {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Record<string, unknown>;
}

export interface Said {
  status: number;
  body: Record<string, unknown>;
  headers: Record<string, string>;
}

/** Answers in the registry's place; `ask` hears what the registry itself has to say. */
export type Lie = (call: Call, ask: (call?: Call) => Promise<Said>) => Promise<Said> | Said;

/** A real registry behind a real HTTP server that may answer something else than the registry says. */
export interface LyingRegistry {
  url: string;
  registry: TestRegistry;
  /** Waits by letting the registry's time pass. */
  clock: CheckClock;
  lie: Lie;
  heard: Call[];
  stop(): Promise<void>;
}

export async function startLyingRegistry(): Promise<LyingRegistry> {
  const registry = await startTestRegistry();
  const server = createServer((request, response) => {
    void read(request).then(async (call) => {
      lying.heard.push(call);
      const { status, body, headers } = await lying.lie(call, (other = call) => ask(registry, other));
      response.writeHead(status, headers).end(JSON.stringify(body));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const lying: LyingRegistry = {
    url: `http://127.0.0.1:${String(port)}`,
    registry,
    heard: [],
    lie: (_, askRegistry) => askRegistry(),
    clock: {
      now: () => registry.time.now(),
      waitUntil: async (at) => {
        registry.time.advance(Math.max(0, at - registry.time.now()));
        await registry.sweep();
      },
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
      await registry.close();
    },
  };
  return lying;
}

async function read(request: IncomingMessage): Promise<Call> {
  const { method = "GET", url = "/" } = request;
  const raw = await text(request);
  const headers = Object.fromEntries(
    ["content-type", "idempotency-key", "holdfast-epoch", "authorization"].flatMap((name) => {
      const value = request.headers[name];
      return typeof value === "string" ? [[name, value]] : [];
    }),
  );
  return { method, path: url, headers, body: raw === "" ? {} : (JSON.parse(raw) as Record<string, unknown>) };
}

async function ask(registry: TestRegistry, { method, path, headers, body }: Call): Promise<Said> {
  const hasBody = headers["content-type"] !== undefined;
  const answer = await registry.call(method, path, { headers, ...(hasBody && { body }) });
  return { status: answer.status, body: answer.body, headers: Object.fromEntries(answer.headers) };
}
