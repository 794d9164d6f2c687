import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { createMcpServer, SERVER_INFO } from "./create-mcp-server";
import { HoldfastReporter } from "./holdfast-reporter";
import { Notebook } from "./notebook";
import { principalOf } from "./principal-of";

export interface NotesServerOptions {
  holdfastUrl: string;
  /** 0 takes any free port. */
  port?: number;
  heartbeatMs?: number;
  /** How long signed-in users may be idle. */
  idleTimeoutMs?: number;
  /** How long guests may be idle. */
  guestIdleTimeoutMs?: number;
  log?: (line: string) => void;
}

export interface NotesServer {
  /** The MCP endpoint. */
  url: string;
  /** Shuts down without ending any session at the registry. */
  close(): Promise<void>;
}

const LOCAL_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/** Serves MCP over Streamable HTTP with sessions on 127.0.0.1 and reports the sessions to Holdfast. */
export async function startNotesServer({
  holdfastUrl,
  port = 0,
  heartbeatMs = 5_000,
  idleTimeoutMs = 10 * 60_000,
  guestIdleTimeoutMs = 60_000,
  log = console.error,
}: NotesServerOptions): Promise<NotesServer> {
  const notebook = new Notebook();
  const sessions = new Map<string, { transport: StreamableHTTPServerTransport; principal: string | null }>();
  const holdfast = new HoldfastReporter({
    url: holdfastUrl,
    server: SERVER_INFO.name,
    serverVersion: SERVER_INFO.version,
    heartbeatMs,
    log,
  });

  async function openTransport(principal: string | null): Promise<StreamableHTTPServerTransport> {
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
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

  /** Without a session id only initialize is served: the transport answers 400 to everything else and is dropped. */
  async function serveNewcomer(request: IncomingMessage, response: ServerResponse, principal: string | null) {
    const transport = await openTransport(principal);
    await transport.handleRequest(request, response);
    if (transport.sessionId === undefined) await transport.close();
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const principal = principalOf(request);
    const sessionId = request.headers["mcp-session-id"];
    const session = sessions.get(String(sessionId));
    // A web page elsewhere must not reach this server through a host name that it points at 127.0.0.1.
    if (!LOCAL_HOST.test(request.headers.host ?? "")) refuse(response, 403, "Host not allowed");
    else if (request.url?.split("?")[0] !== "/mcp") refuse(response, 404, "The MCP endpoint is /mcp");
    else if (sessionId === undefined) await serveNewcomer(request, response, principal);
    // Knowing a session's id is not the right to use it.
    else if (session?.principal !== principal) refuse(response, 404, "Session not found");
    else await session.transport.handleRequest(request, response);
  }

  const http = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      log(`request failed: ${String(error)}`);
      if (!response.headersSent) refuse(response, 500, "Internal server error");
    });
  });
  http.listen(port, "127.0.0.1");
  await once(http, "listening");
  const address = http.address();
  if (address === null || typeof address === "string") throw new Error("The server did not get a port.");

  return {
    url: `http://127.0.0.1:${String(address.port)}/mcp`,
    async close() {
      await holdfast.stop();
      await Promise.all([...sessions.values()].map(({ transport }) => transport.close()));
      http.close();
      http.closeAllConnections();
    },
  };
}

/** A refusal as MCP wants it: an HTTP status for the transport, a JSON-RPC error for the client. */
function refuse(response: ServerResponse, status: number, message: string): void {
  const code = status === 404 ? -32001 : -32000;
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify({ jsonrpc: "2.0", error: { code, message }, id: null }));
}
