import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { hostname } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import { createMcpServer, SERVER_INFO } from "./create-mcp-server";
import { HoldfastReporter } from "./holdfast-reporter";
import { Notebook } from "./notebook";
import { principalOf } from "./principal-of";
import { replayInitialize } from "./replay-initialize";
import type { StoredSession } from "./restore-sessions";
import { sendWebResponse, toWebRequest } from "./web-exchange";

export interface NotesServerOptions {
  holdfastUrl: string;
  /** 0 takes any free port. */
  port?: number;
  heartbeatMs?: number;
  /** Silence after which Holdfast takes this process for lost. */
  leaseMs?: number | undefined;
  /** How long signed-in users may be idle. */
  idleTimeoutMs?: number;
  /** How long guests may be idle. */
  guestIdleTimeoutMs?: number;
  /** Whether to take up sessions whose process is gone. */
  restores?: boolean;
  log?: (line: string) => void;
}

export interface NotesServer {
  /** The MCP endpoint. */
  url: string;
  /** As Holdfast knows this process. */
  instanceId: string;
  /** Resolves, once the sessions that were waiting have been taken up, with their number. */
  restored: Promise<number>;
  /** Shuts down without ending any session at the registry. */
  close(): Promise<void>;
}

/** How long a request waits for its session to be restored. */
const RESTORE_PATIENCE_MS = 2_000;
const LOCAL_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/** Serves MCP over Streamable HTTP with sessions on 127.0.0.1 and reports the sessions to Holdfast. */
export async function startNotesServer({
  holdfastUrl,
  port = 0,
  heartbeatMs = 5_000,
  leaseMs,
  idleTimeoutMs = 10 * 60_000,
  guestIdleTimeoutMs = 60_000,
  restores = true,
  log = console.error,
}: NotesServerOptions): Promise<NotesServer> {
  const http = createServer();
  http.listen(port, "127.0.0.1");
  await once(http, "listening");
  const address = http.address();
  if (address === null || typeof address === "string") throw new Error("The server did not get a port.");

  // The same after a restart on the same port, and no other process of this machine has it.
  const instanceId = `${SERVER_INFO.name}-${hostname()}-${String(address.port)}`;
  const holdfast = new HoldfastReporter({
    url: holdfastUrl,
    server: SERVER_INFO.name,
    serverVersion: SERVER_INFO.version,
    instanceId,
    heartbeatMs,
    leaseMs,
    log,
  });
  const notebook = new Notebook();
  const sessions = new Map<string, { transport: WebStandardStreamableHTTPServerTransport; principal: string | null }>();

  async function openTransport(principal: string | null, sessionIdGenerator: () => string = randomUUID) {
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator,
      onsessioninitialized: (id) => void sessions.set(id, { transport, principal }),
      onsessionclosed: (id) => {
        holdfast.closed(id);
      },
    });
    transport.onclose = () => sessions.delete(transport.sessionId ?? "");
    holdfast.watch(transport, { principal, idleTimeoutMs: principal === null ? guestIdleTimeoutMs : idleTimeoutMs });
    await createMcpServer(notebook, principal ?? "guest").connect(transport);
    return transport;
  }

  async function restore(stored: StoredSession): Promise<void> {
    const transport = await openTransport(stored.principal, () => stored.id);
    await replayInitialize(transport, stored);
  }
  const restored = restores ? holdfast.restore(restore) : Promise.resolve(0);
  let isRestoring = true;
  void restored.then(() => (isRestoring = false));

  /** Without a session id only initialize is served: the transport answers 400 to everything else and is dropped. */
  async function serveNewcomer(request: Request, principal: string | null): Promise<Response> {
    if (holdfast.isDraining) return refusal(503, "No new sessions before a restart", { "retry-after": "5" });
    const transport = await openTransport(principal);
    const response = await transport.handleRequest(request);
    if (transport.sessionId === undefined) await transport.close();
    return response;
  }

  async function serve(request: Request): Promise<Response> {
    const { headers } = request;
    const principal = principalOf(headers);
    const sessionId = headers.get("mcp-session-id");
    // A web page elsewhere must not reach this server through a host name that it points at 127.0.0.1.
    if (!LOCAL_HOST.test(headers.get("host") ?? "")) return refusal(403, "Host not allowed");
    if (new URL(request.url).pathname !== "/mcp") return refusal(404, "The MCP endpoint is /mcp");
    if (sessionId === null) return serveNewcomer(request, principal);
    // It may be one of those that are just being restored: not found would be final.
    if (!sessions.has(sessionId)) await Promise.race([restored, pause(RESTORE_PATIENCE_MS)]);
    const session = sessions.get(sessionId);
    if (!session && isRestoring) return refusal(503, "Sessions are being restored", { "retry-after": "2" });
    // Knowing a session's id is not the right to use it.
    if (session?.principal !== principal) return refusal(404, "Session not found");
    return session.transport.handleRequest(request);
  }

  http.on("request", (incoming: IncomingMessage, outgoing: ServerResponse) => {
    Promise.resolve(incoming)
      .then((request) => serve(toWebRequest(request)))
      .catch((error: unknown) => {
        log(`request failed: ${String(error)}`);
        return refusal(500, "Internal server error");
      })
      .then((response) => sendWebResponse(response, outgoing))
      .catch((error: unknown) => {
        log(`answer failed: ${String(error)}`);
      });
  });

  return {
    url: `http://127.0.0.1:${String(address.port)}/mcp`,
    instanceId,
    restored,
    async close() {
      await holdfast.stop();
      await Promise.all([...sessions.values()].map(({ transport }) => transport.close()));
      http.close();
      http.closeAllConnections();
    },
  };
}

/** A refusal as MCP wants it: an HTTP status for the transport, a JSON-RPC error for the client. */
function refusal(status: number, message: string, headers: Record<string, string> = {}): Response {
  const code = status === 404 ? -32001 : -32000;
  return Response.json({ jsonrpc: "2.0", error: { code, message }, id: null }, { status, headers });
}
