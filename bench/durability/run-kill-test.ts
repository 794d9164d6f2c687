import { setTimeout as delay } from "node:timers/promises";
import { openDatabase } from "../data/open-database";
import { HttpConnection } from "../load/http-connection";
import { type BenchServer, productionEntry, startServer } from "../server/start-server";
import { checkDatabase } from "./check-database";
import { checkEntry, type FoundSession } from "./check-entry";
import { findInDatabase, findOverHttp } from "./find-sessions";
import { type Action, ACTIONS, Ledger } from "./ledger";
import { Random } from "./random";
import { retryCreates, settleLedger } from "./settle-ledger";
import { Writer } from "./writer";

export interface KillTestOptions {
  rounds: number;
  /** Longest time for which a round writes before the kill. */
  seconds: number;
  seed: number;
  writers: number;
  dataDir: string;
  onRound?: (report: RoundReport) => void;
}

export interface RoundReport {
  round: number;
  killedAfterMs: number;
  /** Acknowledged in this round. */
  acknowledged: Readonly<Record<Action, number>>;
  /** Requests that were under way at the kill. */
  unanswered: number;
  readyAfterMs: number;
  /** Sessions compared with the ledger. */
  checked: number;
  violations: readonly string[];
}

/** Kills a writing registry again and again, and holds every restart to what had been acknowledged until then. */
export async function runKillTest(options: KillTestOptions): Promise<RoundReport[]> {
  const { rounds, seed, dataDir, onRound } = options;
  const random = new Random(seed);
  const ledger = new Ledger();
  const reports: RoundReport[] = [];
  let server = await start(dataDir);
  try {
    for (let round = 1; round <= rounds; round += 1) {
      ledger.beginRound(round);
      const killedAfterMs = await writeAndKill(server, { ledger, random, options });
      server = await start(dataDir);
      const checked = await verify(server, ledger);
      const { acknowledged, unanswered, violations } = ledger;
      const { readyAfterMs } = server;
      const report = { round, killedAfterMs, acknowledged, unanswered, readyAfterMs, checked, violations };
      reports.push(report);
      onRound?.(report);
    }
  } finally {
    await server.kill("SIGKILL");
  }
  return reports;
}

function start(dataDir: string): Promise<BenchServer> {
  return startServer({ args: productionEntry(), dataDir, core: null });
}

interface Load {
  ledger: Ledger;
  random: Random;
  options: KillTestOptions;
}

/** Lets all writers write, and kills the server at a moment that none of them chose. */
async function writeAndKill(server: BenchServer, { ledger, random, options }: Load): Promise<number> {
  const writers: Promise<void>[] = [];
  for (let index = 0; index < options.writers; index += 1) {
    const name = `r${String(ledger.round)}-w${String(index)}`;
    const connection = await HttpConnection.open(server.url);
    const own = ledger.open.filter((_, position) => position % options.writers === index);
    writers.push(new Writer({ name, connection, ledger, random, own }).writeUntilCut());
  }
  const killAfterMs = options.seconds * 1000 * (0.2 + 0.8 * random.fraction());
  await Promise.race([delay(killAfterMs), Promise.all(writers)]);
  await server.kill("SIGKILL");
  await Promise.all(writers);
  return killAfterMs;
}

/** Compares the registry with the ledger over HTTP and in the database; answers how many sessions were compared. */
async function verify({ url, dataDir }: BenchServer, ledger: Ledger): Promise<number> {
  const touched = ledger.inRound(ledger.round);
  compare(ledger, await findOverHttp(url, touched), touched);
  const database = openDatabase(dataDir);
  try {
    compare(ledger, findInDatabase(database), [...ledger.entries.values()]);
    ledger.violations.push(...checkDatabase(database));
    await retryCreates(url, ledger);
    const found = findInDatabase(database);
    settleLedger(ledger, found);
    await checkTotal(url, ledger, found.size);
  } finally {
    database.close();
  }
  return touched.length + ledger.entries.size;
}

function compare(
  { violations }: Ledger,
  found: ReadonlyMap<string, FoundSession>,
  entries: ReturnType<Ledger["inRound"]>,
): void {
  for (const entry of entries) violations.push(...checkEntry(entry, found.get(entry.id)));
}

/** The figures are rebuilt at every start: they must count what is stored. */
async function checkTotal(url: string, { violations }: Ledger, stored: number): Promise<void> {
  const answer = await fetch(`${url}/api/mcp/sessions/health`);
  const { statusBreakdown } = (await answer.json()) as { statusBreakdown: { total: number } };
  if (statusBreakdown.total !== stored) {
    violations.push(`health counts ${String(statusBreakdown.total)} sessions, but ${String(stored)} are stored`);
  }
}

/** All acknowledged writes of some rounds, by kind. */
export function totalAcknowledged(reports: readonly RoundReport[]): Record<Action, number> {
  const total = (action: Action): number => reports.reduce((sum, { acknowledged }) => sum + acknowledged[action], 0);
  return Object.fromEntries(ACTIONS.map((action) => [action, total(action)])) as Record<Action, number>;
}
