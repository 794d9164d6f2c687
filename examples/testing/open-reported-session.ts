import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { createMcpServer } from "../notes-server/create-mcp-server";
import type { HoldfastReporter } from "../notes-server/holdfast-reporter";
import { Notebook } from "../notes-server/notebook";

export interface ReportedSession {
  /** Whether the server's side of it still is. */
  isOpen: () => boolean;
  hangUp: () => Promise<void>;
  /** A call that succeeds. */
  list: () => Promise<unknown>;
  /** A call that fails. */
  fumble: () => Promise<unknown>;
}

/** A real client and a real MCP server on a transport that needs no network, watched by the reporter. */
export async function openReportedSession(reporter: HoldfastReporter, id: string): Promise<ReportedSession> {
  const [clientSide, serverSide] = InMemoryTransport.createLinkedPair();
  serverSide.sessionId = id;
  let isOpen = true;
  serverSide.onclose = () => (isOpen = false);
  reporter.watch(serverSide, { principal: "ada", idleTimeoutMs: 60_000 });
  await createMcpServer(new Notebook(), "ada").connect(serverSide);
  const client = new Client({ name: "atlas-ide", version: "2.4.1" }, { capabilities: { roots: {} } });
  await client.connect(clientSide);
  return {
    isOpen: () => isOpen,
    hangUp: () => client.close(),
    list: () => client.callTool({ name: "list_notes", arguments: {} }),
    fumble: () => client.callTool({ name: "list_notes", arguments: { limit: "all" } }),
  };
}
