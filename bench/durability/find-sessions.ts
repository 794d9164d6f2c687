import type Database from "better-sqlite3";
import { HttpConnection } from "../load/http-connection";
import type { FoundSession } from "./check-entry";
import type { LedgerEntry } from "./ledger";
import { readRequest } from "./session-requests";

const CONNECTIONS = 8;

/** Every stored session, from the database itself. */
export function findInDatabase(database: Database.Database): Map<string, FoundSession> {
  const rows = database
    .prepare(
      `SELECT s."id", s."status", s."endDetail", a."requestCount", coalesce(CAST(s."labels" ->> 'revision' AS INTEGER), 0) AS "revision"
       FROM "Session" s JOIN "SessionActivity" a ON a."sessionPk" = s."pk"`,
    )
    .all() as FoundSession[];
  return new Map(rows.map((row) => [row.id, row]));
}

/** Some sessions as the registry answers them. */
export async function findOverHttp(url: string, entries: readonly LedgerEntry[]): Promise<Map<string, FoundSession>> {
  const found = new Map<string, FoundSession>();
  const queue = [...entries];
  const read = async (): Promise<void> => {
    const connection = await HttpConnection.open(url);
    for (let entry = queue.pop(); entry; entry = queue.pop()) {
      const { status, body } = await connection.send(readRequest(entry));
      if (status === 404) continue;
      if (status !== 200) throw new Error(`GET ${entry.id} answered ${String(status)}: ${body}`);
      found.set(entry.id, toFound(body));
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, read));
  return found;
}

function toFound(body: string): FoundSession {
  // The contract's own answer, whose shape is tested elsewhere.
  const { labels, ...session } = JSON.parse(body) as FoundSession & { labels: { revision?: string } };
  return { ...session, revision: Number(labels.revision ?? 0) };
}
