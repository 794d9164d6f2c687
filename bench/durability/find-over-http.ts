import { HttpConnection } from "../load/http-connection";
import type { LedgerEntry } from "./ledger-entry";
import { sessionRequest } from "./session-requests";
import type { FoundSession } from "./snapshot";

const CONNECTIONS = 8;

/** Some sessions with their state and their last message, as the registry answers them. */
export async function findOverHttp(url: string, entries: readonly LedgerEntry[]): Promise<Map<string, FoundSession>> {
  const found = new Map<string, FoundSession>();
  const queue = [...entries];
  const readAll = async (): Promise<void> => {
    const connection = await HttpConnection.open(url);
    for (let entry = queue.pop(); entry; entry = queue.pop()) {
      const session = await findOne(connection, entry);
      if (session) found.set(entry.id, session);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, readAll));
  return found;
}

async function findOne(connection: HttpConnection, entry: LedgerEntry): Promise<FoundSession | null> {
  const get = async (part?: string): Promise<unknown> => {
    const { status, body } = await connection.send(sessionRequest(entry, { method: "GET", ...(part && { part }) }));
    if (status === 404) return null;
    if (status !== 200) throw new Error(`GET ${entry.id}${part ?? ""} answered ${String(status)}: ${body}`);
    return JSON.parse(body);
  };
  // The contract's own answers, whose shapes are tested elsewhere.
  const session = (await get()) as (FoundSession & { labels: { revision?: string } }) | null;
  if (!session) return null;
  const { last = 0, from = 0 } = (await get("/state")) as { last?: number; from?: number };
  const after = `/messages?after=${String(Math.max(0, session.messageCount - 1))}`;
  const { messages } = (await get(after)) as { messages: { seq: number; id: string }[] };
  const { labels, ...rest } = session;
  return {
    ...rest,
    revision: Number(labels.revision ?? 0),
    // What the state and the messages themselves say.
    stateVersion: last,
    stateBase: from,
    messageCount: Number(messages[0]?.id.slice(1) ?? 0),
  };
}
