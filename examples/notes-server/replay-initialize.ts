import type { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import type { StoredSession } from "./restore-sessions";

/**
 * Brings a fresh transport, whose `sessionIdGenerator` answers the session's id, to where the lost one was: it gets to see
 * the client's first two messages again. The client itself notices nothing.
 */
export async function replayInitialize(
  transport: WebStandardStreamableHTTPServerTransport,
  { id, initialize, protocolVersion }: StoredSession,
): Promise<void> {
  await post(transport, { jsonrpc: "2.0", id: 0, ...initialize });
  await post(
    transport,
    { jsonrpc: "2.0", method: "notifications/initialized" },
    { "mcp-session-id": id, "mcp-protocol-version": protocolVersion },
  );
}

async function post(
  transport: WebStandardStreamableHTTPServerTransport,
  message: object,
  headers: Record<string, string> = {},
): Promise<void> {
  const response = await transport.handleRequest(
    new Request("http://localhost/mcp", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        ...headers,
      },
      body: JSON.stringify(message),
    }),
  );
  // The answer ends once the server has given it.
  const answer = await response.text();
  if (!response.ok) throw new Error(`the transport answered ${String(response.status)}: ${answer}`);
}
