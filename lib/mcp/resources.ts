import {
  type McpServer,
  ProtocolError,
  ProtocolErrorCode,
  type ReadResourceResult,
  ResourceNotFoundError,
  ResourceTemplate,
} from "@modelcontextprotocol/server";
import { SessionId } from "@/lib/contract/primitives";
import type { Session } from "@/lib/contract/session";
import { ListSessionsQuery } from "@/lib/contract/session-list";
import { isHoldfastError } from "@/lib/domain/errors";
import type { ServiceContext } from "@/lib/services/context";
import { getSession } from "@/lib/services/get-session";
import { listSessions } from "@/lib/services/list-sessions";
import { readState } from "@/lib/services/read-state";
import { summarizeHealth } from "@/lib/services/summarize-health";

const JSON_TYPE = "application/json";
const LISTED_SESSIONS = 50;
const COMPLETED_SESSIONS = 100;
const HEALTH_URI = "health://summary";

/** What a client may read without calling a tool: every session by its id, and the figures over all of them. */
export function registerResources(server: McpServer, ctx: ServiceContext): void {
  server.registerResource(
    "health-summary",
    HEALTH_URI,
    {
      title: "Session health",
      description: "Counts by status and age, ends of the last 24 hours.",
      mimeType: JSON_TYPE,
    },
    (uri) => readAs(ctx, uri.href, () => summarizeHealth(ctx)),
  );
  server.registerResource(
    "session",
    new ResourceTemplate("session://{id}", {
      list: async () => ({ resources: (await latestActive(ctx, LISTED_SESSIONS)).map(describe) }),
      complete: {
        id: async (prefix) =>
          (await latestActive(ctx, COMPLETED_SESSIONS)).map(({ id }) => id).filter((id) => id.startsWith(prefix)),
      },
    }),
    { title: "Session", description: "A session by its id, percent-encoded, with its state.", mimeType: JSON_TYPE },
    (uri, { id }) =>
      readAs(ctx, uri.href, async () => {
        const sessionId = decodeId(id, uri.href);
        const session = await getSession(ctx, sessionId);
        return { session, state: (await readState(ctx, sessionId)).state };
      }),
  );
}

async function latestActive(ctx: ServiceContext, limit: number): Promise<Session[]> {
  const { sessions } = await listSessions(ctx, ListSessionsQuery.parse({ status: "active", limit }));
  return sessions;
}

function describe({ id, server, clientInfo, createdAt }: Session) {
  const client = clientInfo?.["name"];
  const title = typeof client === "string" ? `${server} · ${client}` : server;
  return { uri: `session://${encodeURIComponent(id)}`, name: id, title, description: `Active since ${createdAt}.` };
}

function decodeId(id: string | string[] | undefined, uri: string): string {
  try {
    return SessionId.parse(decodeURIComponent(String(id)));
  } catch {
    throw new ResourceNotFoundError(uri);
  }
}

/** The protocol's own errors pass; of what nobody foresaw nothing but an id for the log gets out. */
async function readAs(ctx: ServiceContext, uri: string, read: () => Promise<object>): Promise<ReadResourceResult> {
  try {
    return { contents: [{ uri, mimeType: JSON_TYPE, text: JSON.stringify(await read()) }] };
  } catch (error) {
    if (error instanceof ProtocolError) throw error;
    if (isHoldfastError(error) && error.code === "session_not_found")
      throw new ResourceNotFoundError(uri, error.message);
    const requestId = ctx.ids.newRequestId();
    ctx.log.error({ err: error, requestId, uri }, "resource could not be read");
    throw new ProtocolError(ProtocolErrorCode.InternalError, "The resource could not be read.", { requestId });
  }
}
