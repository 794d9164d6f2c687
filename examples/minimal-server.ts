import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

// The smallest MCP server whose sessions Holdfast watches over. Run it with: tsx examples/minimal-server.ts

interface Live {
  transport: StreamableHTTPServerTransport;
  server: McpServer;
  /** Requests being worked on, and when the last one ended on a clock that is never set back. */
  inFlight: number;
  usedAt: number;
}

const HOLDFAST_URL = process.env["HOLDFAST_URL"] ?? "http://127.0.0.1:3738";
const sessions = new Map<string, Live>();

interface HeartbeatsReply {
  results: { id: string; outcome: string }[];
  commands: { id: string; sessionId: string }[];
}

// --- all that Holdfast needs -----------------------------------------------------------------------------------------
async function tellHoldfast(method: "POST" | "DELETE", path: string, body: object): Promise<unknown> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${HOLDFAST_URL}/api/mcp/${path}`, { method, headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`Holdfast answered ${String(response.status)}: ${await response.text()}`);
  return response.json();
}

let acks: string[] = [];
async function reportSessions(): Promise<void> {
  const live = [...sessions].slice(0, 1_000);
  const beats = live.map(([id, { inFlight, usedAt }]) => ({ id, inFlight, idleMs: performance.now() - usedAt }));
  const reply = (await tellHoldfast("POST", "heartbeats", { beats: beats.map(rounded), acks })) as HeartbeatsReply;
  acks = reply.commands.filter(({ sessionId }) => sessions.has(sessionId)).map(({ id }) => id);
  for (const { id, outcome } of reply.results) {
    const session = sessions.get(id);
    const clientInfo = session?.server.server.getClientVersion();
    if (outcome === "unknown") await tellHoldfast("POST", "sessions", { id, server: "minimal", clientInfo });
    if (outcome === "gone") await session?.transport.close(); // ended: its client's next request gets 404
  }
}
// ---------------------------------------------------------------------------------------------------------------------

function rounded<Beat extends { idleMs: number }>(beat: Beat): Beat {
  return { ...beat, idleMs: Math.round(beat.idleMs) };
}

/** One report after the other, for as long as the process runs; Holdfast may be down, the server goes on. */
async function keepReporting(): Promise<void> {
  for (;;) {
    await reportSessions().catch(console.error);
    await pause(2_000);
  }
}

async function openSession(): Promise<StreamableHTTPServerTransport> {
  const server = new McpServer({ name: "minimal", version: "1.0.0" });
  server.registerTool("roll_dice", { description: "A number from 1 to 6." }, () => ({
    content: [{ type: "text", text: String(1 + Math.floor(Math.random() * 6)) }],
  }));
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    onsessioninitialized: (id) => {
      sessions.set(id, { transport, server, inFlight: 0, usedAt: performance.now() });
    },
    onsessionclosed: (id) => {
      tellHoldfast("DELETE", `sessions/${id}`, { as: "closed", by: "client" }).catch(console.error);
    },
  });
  transport.onclose = () => sessions.delete(transport.sessionId ?? "");
  await server.connect(transport);
  return transport;
}

/** Only an event stream stays open without being a request that somebody waits for. */
function countRequest(session: Live, response: ServerResponse): void {
  session.inFlight += 1;
  response.once("close", () => {
    session.inFlight -= 1;
    session.usedAt = performance.now();
  });
}

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const id = request.headers["mcp-session-id"];
  const session = typeof id === "string" ? sessions.get(id) : undefined;
  if (id !== undefined && !session) {
    response.writeHead(404, { "content-type": "application/json" });
    response.end(JSON.stringify({ jsonrpc: "2.0", error: { code: -32001, message: "Session not found" }, id: null }));
    return;
  }
  if (session && request.method !== "GET") countRequest(session, response);
  const transport = session?.transport ?? (await openSession());
  await transport.handleRequest(request, response);
  // Whatever came without an id and was no initialize has left nothing to keep.
  if (transport.sessionId === undefined) await transport.close();
}

const http = createServer((request, response) => {
  handle(request, response).catch(console.error);
});
http.listen(Number(process.env["PORT"] ?? 3741), "127.0.0.1", () => {
  const address = http.address();
  if (typeof address === "object") console.log(`listening on http://127.0.0.1:${String(address?.port)}/mcp`);
  void keepReporting();
});
