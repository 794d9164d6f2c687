import { setTimeout as pause } from "node:timers/promises";
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

/** The server was not there, or its process went away before it answered. */
class LostCallError extends Error {}

/** A session that begins to wait for its server, and that is served again. */
export interface WaitOptions {
  /** How long a call is repeated for while the server is away; not at all by default. */
  patienceMs?: number;
  onAway?: () => void;
  onBack?: () => void;
}

const REPEAT_MS = 300;
/** Often enough that a server which restarts is found again soon. */
const RECONNECTION = {
  initialReconnectionDelay: 250,
  maxReconnectionDelay: 1_000,
  reconnectionDelayGrowFactor: 1.5,
  maxRetries: 60,
};

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

export async function openNotesSession(
  url: URL,
  profile: ClientProfile,
  { patienceMs = 0, onAway, onBack }: WaitOptions = {},
): Promise<NotesSession> {
  const { name, version, user, capabilities = {} } = profile;
  const client = new Client({ name, version }, { capabilities });
  if (capabilities.roots) client.setRequestHandler(ListRootsRequestSchema, () => ({ roots: [] }));
  const calls = new Set<AbortController>();
  let streams = 0;
  const transport = new StreamableHTTPClientTransport(url, {
    requestInit: user === undefined ? {} : { headers: { authorization: `Bearer demo-${user}` } },
    reconnectionOptions: RECONNECTION,
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      // The event stream had broken and is back: nobody works any more on what was asked before, so it is asked again.
      if (patienceMs > 0 && init?.method === "GET" && response.ok && (streams += 1) > 1)
        abortCalls(new LostCallError());
      return response;
    },
  });
  function abortCalls(reason: Error): void {
    calls.forEach((call) => {
      call.abort(reason);
    });
  }
  // Every 404 comes by here: that of a call, and that of the event stream, which alone tells a call in flight.
  client.onerror = (error) => {
    if (isNotFound(error)) abortCalls(error);
  };
  await client.connect(transport);
  const id = transport.sessionId ?? "without an id";

  async function callOnce(tool: string, args: Record<string, unknown>): Promise<{ ok: boolean }> {
    const call = new AbortController();
    calls.add(call);
    try {
      const options = { signal: call.signal, timeout: 10 * 60_000 };
      const result = await client.callTool({ name: tool, arguments: args }, undefined, options);
      return { ok: result.isError !== true };
    } catch (error) {
      if (!call.signal.aborted) throw error;
      throw isAway(call.signal.reason) ? call.signal.reason : new SessionEndedError(id, tool);
    } finally {
      calls.delete(call);
    }
  }

  return {
    id,
    async call(tool, args) {
      const startedAt = performance.now();
      for (let isWaiting = false; ; isWaiting = true) {
        try {
          const answer = await callOnce(tool, args);
          if (isWaiting) onBack?.();
          return answer;
        } catch (error) {
          if (!isAway(error) || performance.now() - startedAt > patienceMs) throw error;
          if (!isWaiting) onAway?.();
          await pause(REPEAT_MS);
        }
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

/** Not there, or not ready. */
function isAway(error: unknown): error is Error {
  if (error instanceof StreamableHTTPError) return error.code === 503;
  return error instanceof LostCallError || (error instanceof TypeError && error.message === "fetch failed");
}
