import { openDatabase } from "../data/open-database";
import type { BenchServer } from "../server/start-server";
import { checkDatabase } from "./checks/check-database";
import { checkEntry } from "./checks/check-entry";
import { checkSnapshot } from "./checks/check-snapshot";
import { findOverHttp } from "./find-over-http";
import type { Ledger } from "./ledger";
import { openWriter } from "./open-writer";
import { proveCommands, proveTokens, repeatCutWrites } from "./prove-answers";
import type { Random } from "./random";
import { settleLedger } from "./settle-ledger";
import { type Snapshot, takeSnapshot } from "./snapshot";
import type { Writer } from "./writer";

const READ_OVER_HTTP = 500;

export interface Restart {
  server: BenchServer;
  ledger: Ledger;
  random: Random;
  /** Epoch milliseconds of the kill. */
  killedAt: number;
}

/** Holds the registry to the ledger, over HTTP and in the database; answers how many sessions were compared. */
export async function verifyRestart(restart: Restart): Promise<number> {
  const { server, ledger, killedAt } = restart;
  const database = openDatabase(server.dataDir);
  try {
    const snapshot = takeSnapshot(database);
    ledger.violations.push(...checkSnapshot(ledger, snapshot));
    await withEachWriter(restart, (writer) => repeatCutWrites(writer, killedAt));
    const touched = ledger.inRound(ledger.round).reverse();
    const sample = touched.slice(0, READ_OVER_HTTP);
    const found = await findOverHttp(server.url, sample);
    for (const entry of sample) ledger.violations.push(...checkEntry(entry, found.get(entry.id)));
    await withEachWriter(restart, async (writer) => {
      await proveTokens(writer, touched);
      await proveCommands(writer);
    });
    ledger.violations.push(...checkDatabase(database, killedAt));
    const settled = takeSnapshot(database);
    settleLedger(ledger, settled);
    await checkFigures(server.url, ledger, settled);
    return snapshot.sessions.size + sample.length;
  } finally {
    database.close();
  }
}

/** What only the registry itself can answer for, asked as each of the MCP servers. */
async function withEachWriter(
  { server: { url }, ledger, random }: Restart,
  ask: (writer: Writer) => Promise<void>,
): Promise<void> {
  for (const account of ledger.accounts) {
    const name = `${account.server}-restart-${String(ledger.round)}`;
    const writer = await openWriter({ url, name, ledger, account, random });
    await ask(writer);
    writer.close();
  }
}

/** The figures are rebuilt at every start: they must count what is stored. */
async function checkFigures(url: string, { violations }: Ledger, { sessions }: Snapshot): Promise<void> {
  interface Health {
    statusBreakdown: { total: number; byStatus: Record<"closed" | "terminated", number> };
  }
  const answer = await fetch(`${url}/api/mcp/sessions/health`);
  const { total, byStatus } = ((await answer.json()) as Health).statusBreakdown;
  const stored = [...sessions.values()];
  // Only what no sweep changes meanwhile.
  for (const status of ["closed", "terminated"] as const) {
    const count = stored.filter((session) => session.status === status).length;
    if (byStatus[status] !== count) {
      violations.push(`health counts ${String(byStatus[status])} ${status}, but ${String(count)} are stored`);
    }
  }
  if (total !== stored.length) {
    violations.push(`health counts ${String(total)} sessions, but ${String(stored.length)} are stored`);
  }
}
