import { Client, StreamableHTTPClientTransport, type VersionNegotiationMode } from "@modelcontextprotocol/client";
import { Client as ClientV1 } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport as TransportV1 } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const INFO = { name: "test-client", version: "1.0.0" };

interface Described {
  name: string;
  title?: string | undefined;
  description?: string | undefined;
  inputSchema: Record<string, unknown>;
  outputSchema?: Record<string, unknown> | undefined;
  annotations?: Record<string, unknown> | undefined;
}

/** What the official clients have in common. */
export interface AnyMcpClient {
  listTools(): Promise<{ tools: Described[] }>;
  callTool(params: { name: string; arguments?: Record<string, unknown> }): Promise<unknown>;
  listResources(): Promise<{ resources: { uri: string; name: string }[] }>;
  listResourceTemplates(): Promise<{ resourceTemplates: { uriTemplate: string }[] }>;
  readResource(params: { uri: string }): Promise<{ contents: unknown[] }>;
  complete(params: {
    ref: { type: "ref/resource"; uri: string };
    argument: { name: string; value: string };
  }): Promise<{ completion: { values: string[] } }>;
  getServerVersion(): { name: string; version: string } | undefined;
  getInstructions(): string | undefined;
  close(): Promise<void>;
}

async function connectV1(url: URL): Promise<AnyMcpClient> {
  const client = new ClientV1(INFO);
  await client.connect(new TransportV1(url));
  return client;
}

const connectV2 =
  (mode: VersionNegotiationMode) =>
  async (url: URL): Promise<AnyMcpClient> => {
    const client = new Client(INFO, { versionNegotiation: { mode } });
    await client.connect(new StreamableHTTPClientTransport(url));
    return client;
  };

/** The official clients by what they speak. */
export const MCP_CLIENTS = [
  ["v1 client", connectV1],
  ["v2 client, up to 2025-11-25", connectV2("legacy")],
  ["v2 client, 2026-07-28", connectV2({ pin: "2026-07-28" })],
] as const;
