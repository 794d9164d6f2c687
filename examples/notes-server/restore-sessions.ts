import { setTimeout as pause } from "node:timers/promises";
import { type InitializeRequest, isInitializeRequest } from "@modelcontextprotocol/sdk/types.js";
import { type HoldfastApi, RefusedError } from "./holdfast-api";
import type { HoldfastInstance } from "./holdfast-instance";
import type { SessionPage, SessionRecord } from "./holdfast-wire";

/** Where a session's state holds what its client sent at initialize. */
export const INITIALIZE_KEY = "mcp.initialize";

export interface StoredSession {
  id: string;
  principal: string | null;
  protocolVersion: string;
  initialize: InitializeRequest;
  epoch: number;
}

export interface RestoreOptions {
  api: HoldfastApi;
  instance: HoldfastInstance;
  server: string;
  /** Makes the session usable again under its id. */
  open: (session: StoredSession) => Promise<void>;
  /** Ends the attempts. */
  signal: AbortSignal;
  log: (line: string) => void;
}

const FIRST_DELAY_MS = 250;
const LAST_DELAY_MS = 5_000;
const AT_ONCE = 20;

/**
 * Takes up every session of the server that waits for a process, unless another one is faster; tries until Holdfast is
 * there. Answers how many.
 */
export async function restoreSessions(options: RestoreOptions): Promise<number> {
  const { signal, log } = options;
  // Those of an earlier attempt too: a claim whose answer got lost may have been granted.
  const waiting = new Map<string, SessionRecord>();
  let restored = 0;
  for (let delayMs = FIRST_DELAY_MS; !signal.aborted; delayMs = Math.min(2 * delayMs, LAST_DELAY_MS)) {
    try {
      for await (const session of listDisconnected(options)) waiting.set(session.id, session);
      while (waiting.size > 0) restored += await restoreSome(options, waiting);
      return restored;
    } catch (error) {
      if (delayMs === FIRST_DELAY_MS) log(`cannot restore sessions yet: ${String(error)}`);
    }
    await pause(delayMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
  return restored;
}

async function* listDisconnected({ api, instance, server }: RestoreOptions): AsyncGenerator<SessionRecord> {
  for (let cursor: string | null = null, isLast = false; !isLast; isLast = cursor === null) {
    const from: string | null = cursor;
    // Registering ends the boot before, whose sessions are disconnected with it: they are in the list then.
    const page: SessionPage = await instance.run(() => api.listDisconnected(server, from));
    yield* page.sessions;
    cursor = page.nextCursor;
  }
}

/** Takes the first few off the list. Those that fail stay on it. */
async function restoreSome(options: RestoreOptions, waiting: Map<string, SessionRecord>): Promise<number> {
  const attempts = [...waiting.values()].slice(0, AT_ONCE).map(async (session) => {
    const isRestored = await restoreSession(options, session);
    waiting.delete(session.id);
    return isRestored;
  });
  // No attempt is left running: the next one must not meet it.
  await Promise.allSettled(attempts);
  return (await Promise.all(attempts)).filter(Boolean).length;
}

async function restoreSession(options: RestoreOptions, record: SessionRecord): Promise<boolean> {
  const { api, open, log } = options;
  const session = await claim(options, record);
  if (!session) return false;
  try {
    await open(session);
    return true;
  } catch (error) {
    log(`session ${session.id} cannot be restored: ${String(error)}`);
    await api.release(session.id, "could not be restored");
    return false;
  }
}

/** Undefined: it cannot be restored, or is another process's by now, or has ended. */
async function claim({ api, instance }: RestoreOptions, record: SessionRecord): Promise<StoredSession | undefined> {
  const { id, kind, principal, protocolVersion } = record;
  if (kind !== "protocol" || protocolVersion === null) return undefined;
  try {
    const initialize = (await api.readState(id))[INITIALIZE_KEY];
    if (!isInitializeRequest(initialize)) return undefined;
    const { epoch } = await instance.run((boot) => api.claim(boot, id));
    return { id, principal, protocolVersion, initialize, epoch };
  } catch (error) {
    if (error instanceof RefusedError) return undefined;
    throw error;
  }
}
