import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

// The smallest MCP server whose sessions Holdfast watches over. Run it with: tsx examples/minimal-server.ts

const HOLDFAST_URL = process.env["HOLDFAST_URL"] ?? "http://127.0.0.1:3738";
const sessions = new Map<string, { transport: StreamableHTTPServerTransport; server: McpServer; usedAt: number }>();

interface HeartbeatsReply {
  results: { id: string; outcome: string }[];
  commands: { id: string }[];
}

// --- all that Holdfast needs -----------------------------------------------------------------------------------------
async function tellHoldfast(method: "POST" | "DELETE", path: string, body: object): Promise<unknown> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${HOLDFAST_URL}/api/mcp/${path}`, { method, headers, body: JSON.stringify(body) });
  return response.json();
}

let acks: string[] = [];
async function reportSessions() {
  const beats = [...sessions].map(([id, { usedAt }]) => ({ id, idleMs: Date.now() - usedAt }));
  const reply = (await tellHoldfast("POST", "heartbeats", { beats, acks })) as HeartbeatsReply;
  for (const { id, outcome } of reply.results) {
    const { server, transport } = sessions.get(id) ?? {};
    const clientInfo = server?.server.getClientVersion();
    if (outcome === "unknown") await tellHoldfast("POST", "sessions", { id, server: "minimal", clientInfo });
    if (outcome === "gone") await transport?.close(); // expired or terminated: the client's next request gets 404
  }
  acks = reply.commands.map(({ id }) => id);
}
setInterval(() => void reportSessions().catch(console.error), 5_000);
// ---------------------------------------------------------------------------------------------------------------------

async function openTransport(): Promise<StreamableHTTPServerTransport> {
  const server = new McpServer({ name: "minimal", version: "1.0.0" });
  server.registerTool("roll_dice", { description: "A number from 1 to 6." }, () => ({
    content: [{ type: "text", text: String(1 + Math.floor(Math.random() * 6)) }],
  }));
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    onsessioninitialized: (id) => {
      sessions.set(id, { transport, server, usedAt: Date.now() });
      reportSessions().catch(console.error);
    },
    onsessionclosed: (id) => {
      tellHoldfast("DELETE", `sessions/${id}`, { as: "closed", by: "client" }).catch(console.error);
    },
  });
  transport.onclose = () => sessions.delete(transport.sessionId ?? "");
  await server.connect(transport);
  return transport;
}

const http = createServer((request, response) => {
  const id = request.headers["mcp-session-id"];
  const session = typeof id === "string" ? sessions.get(id) : undefined;
  if (session) session.usedAt = Date.now();
  if (id !== undefined && !session) {
    response.writeHead(404, { "content-type": "application/json" });
    response.end(JSON.stringify({ jsonrpc: "2.0", error: { code: -32001, message: "Session not found" }, id: null }));
    return;
  }
  Promise.resolve(session?.transport ?? openTransport())
    .then((transport) => transport.handleRequest(request, response))
    .catch(console.error);
});

http.listen(Number(process.env["PORT"] ?? 3741), "127.0.0.1", () => {
  const address = http.address();
  if (typeof address === "object") console.log(`listening on http://127.0.0.1:${String(address?.port)}/mcp`);
});
