import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport, StreamableHTTPError } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { type ClientCapabilities, ListRootsRequestSchema } from "@modelcontextprotocol/sdk/types.js";

export interface ClientProfile {
  name: string;
  version: string;
  /** Without a user the client comes as a guest. */
  user?: string;
  capabilities?: ClientCapabilities;
}

/** The server has answered 404: this session is over, only a fresh one helps. */
export class SessionEndedError extends Error {
  constructor(sessionId: string, tool: string) {
    super(`404 Not Found on ${tool}: session ${sessionId} has been ended`);
  }
}

/** One session of an MCP client with the notes server. */
export interface NotesSession {
  id: string;
  /** Calls a tool; answers whether it succeeded. Throws `SessionEndedError` once the session is over. */
  call(tool: string, args: Record<string, unknown>): Promise<{ ok: boolean }>;
  /** Says goodbye: the client's DELETE ends the session. */
  end(): Promise<void>;
  /** Hangs up without a word, as a client does that crashes or loses its network. */
  drop(): Promise<void>;
}

export async function openNotesSession(url: URL, profile: ClientProfile): Promise<NotesSession> {
  const { name, version, user, capabilities = {} } = profile;
  const client = new Client({ name, version }, { capabilities });
  if (capabilities.roots) client.setRequestHandler(ListRootsRequestSchema, () => ({ roots: [] }));
  const transport = new StreamableHTTPClientTransport(url, {
    requestInit: user === undefined ? {} : { headers: { authorization: `Bearer demo-${user}` } },
  });
  const calls = new Set<AbortController>();
  // Every 404 comes by here: that of a call, and that of the event stream, which alone tells a call in flight.
  client.onerror = (error) => {
    if (isNotFound(error))
      calls.forEach((call) => {
        call.abort();
      });
  };
  await client.connect(transport);
  const id = transport.sessionId ?? "without an id";

  return {
    id,
    async call(tool, args) {
      const call = new AbortController();
      calls.add(call);
      try {
        const result = await client.callTool({ name: tool, arguments: args }, undefined, {
          signal: call.signal,
          timeout: 10 * 60_000,
        });
        return { ok: result.isError !== true };
      } catch (error) {
        throw call.signal.aborted ? new SessionEndedError(id, tool) : error;
      } finally {
        calls.delete(call);
      }
    },
    async end() {
      await transport.terminateSession();
      await client.close();
    },
    drop: () => client.close(),
  };
}

function isNotFound(error: unknown): boolean {
  return error instanceof StreamableHTTPError && error.code === 404;
}
