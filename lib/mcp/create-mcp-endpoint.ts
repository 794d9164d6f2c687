import {
  createMcpHandler,
  isLegacyRequest,
  McpServer,
  WebStandardStreamableHTTPServerTransport,
} from "@modelcontextprotocol/server";
import packageJson from "@/package.json";
import type { ServiceContext } from "@/lib/services/context";
import { INSTRUCTIONS } from "./instructions";
import { MAX_BATCH, prepareMessage } from "./prepare-message";
import { registerResources } from "./resources";
import { contentTools } from "./tools/content-tools";
import { healthTools } from "./tools/health-tools";
import { lifecycleTools } from "./tools/lifecycle-tools";
import { sessionTools } from "./tools/session-tools";

const TOOLS = [...sessionTools, ...contentTools, ...lifecycleTools, ...healthTools];
const SERVER_INFO = { name: "holdfast", title: "Holdfast session registry", version: packageJson.version };
/** What changes only with the version of Holdfast. */
const STATIC = { ttlMs: 3_600_000, cacheScope: "public" } as const;

/** The registry as an MCP server, without a session of its own: every message is answered by itself. */
export interface McpEndpoint {
  /** Answers one POSTed JSON-RPC message, or a batch of them, parsed already; `headers` are the request's. */
  answer(message: unknown, headers: Headers): Promise<Response>;
}

/** One endpoint for all protocol revisions: up to 2025-11-25 with `initialize`, from 2026-07-28 without. */
export function createMcpEndpoint(ctx: ServiceContext): McpEndpoint {
  const createServer = (): McpServer => createRegistryServer(ctx);
  const modern = createMcpHandler(createServer, { legacy: "reject" });
  return {
    answer: async (received, headers) => {
      const prepared = prepareMessage(received);
      if (prepared === null) return new Response(null, { status: 202 });
      if (prepared === "too_many") return refusal(`A batch has at most ${String(MAX_BATCH)} messages.`);
      const { message } = prepared;
      const request = new Request("http://localhost/api/mcp", { method: "POST", headers });
      const isLegacy = await isLegacyRequest(request, message);
      return isLegacy ? answerLegacy(createServer(), request, message) : modern.fetch(request, { parsedBody: message });
    },
  };
}

function refusal(message: string): Response {
  return Response.json({ jsonrpc: "2.0", id: null, error: { code: -32_600, message } }, { status: 400 });
}

/** As JSON instead of an event stream: nothing is ever sent before the result. */
async function answerLegacy(server: McpServer, request: Request, parsedBody: unknown): Promise<Response> {
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  await server.connect(transport);
  try {
    return await transport.handleRequest(request, { parsedBody });
  } finally {
    await server.close();
  }
}

function createRegistryServer(ctx: ServiceContext): McpServer {
  const server = new McpServer(SERVER_INFO, {
    capabilities: { tools: { listChanged: false }, resources: { listChanged: false } },
    instructions: INSTRUCTIONS,
    cacheHints: { "tools/list": STATIC, "resources/templates/list": STATIC, "server/discover": STATIC },
  });
  for (const { name, config, call } of TOOLS) server.registerTool(name, config, (args) => call(ctx, args));
  registerResources(server, ctx);
  return server;
}
