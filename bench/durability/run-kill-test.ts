import { setTimeout as delay } from "node:timers/promises";
import { type BenchServer, productionEntry, startServer } from "../server/start-server";
import { type Action, ACTIONS } from "./actions";
import { registerAll } from "./acts/register-boot";
import { Ledger } from "./ledger";
import { openWriter } from "./open-writer";
import { Random } from "./random";
import { verifyRestart } from "./verify-restart";
import { writeUntilCut } from "./write-until-cut";

export interface KillTestOptions {
  rounds: number;
  /** Longest time for which a round writes before the kill. */
  seconds: number;
  seed: number;
  writers: number;
  dataDir: string;
  /** Longest time until the registry answers again. */
  readyWithinMs: number;
  onRound?: (report: RoundReport) => void;
}

export interface RoundReport {
  round: number;
  killedAfterMs: number;
  /** Acknowledged in this round. */
  acknowledged: Readonly<Record<Action, number>>;
  /** Writers that were cut off in the middle of a request. */
  unanswered: number;
  readyAfterMs: number;
  /** Sessions compared with the ledger. */
  checked: number;
  violations: readonly string[];
}

/** A short grace, so that leases are lost and sessions expire between the kills; nothing else runs out during a test. */
const SETTINGS = {
  HOLDFAST_BOOT_GRACE_MS: "1000",
  HOLDFAST_RECOVERY_WINDOW_MS: "86400000",
  HOLDFAST_TOKEN_TTL_MS: "86400000",
  // The replayed tokens are worth a warning each.
  HOLDFAST_LOG_LEVEL: "error",
};

/** Kills a writing registry again and again, and holds every restart to what had been acknowledged until then. */
export async function runKillTest(options: KillTestOptions): Promise<RoundReport[]> {
  const { rounds, seed, writers, dataDir, onRound } = options;
  const random = new Random(seed);
  const ledger = new Ledger(writers);
  const reports: RoundReport[] = [];
  let server = await start(dataDir);
  try {
    for (let round = 1; round <= rounds; round += 1) {
      ledger.beginRound(round);
      const killedAfterMs = await writeAndKill(server, { ledger, random, options });
      const killedAt = Date.now();
      server = await start(dataDir);
      const report = { ...(await judge({ server, ledger, random, killedAt }, options)), killedAfterMs };
      reports.push(report);
      onRound?.(report);
    }
  } finally {
    await server.kill("SIGKILL");
  }
  return reports;
}

async function judge(
  restart: Parameters<typeof verifyRestart>[0],
  { readyWithinMs }: KillTestOptions,
): Promise<Omit<RoundReport, "killedAfterMs">> {
  const { ledger, server } = restart;
  const { round, acknowledged, unanswered } = ledger;
  // What is proven after the restart does not count as written before the kill.
  const counts = { ...acknowledged };
  const { readyAfterMs } = server;
  if (readyAfterMs > readyWithinMs) ledger.violations.push(`ready again only after ${readyAfterMs.toFixed(0)} ms`);
  const checked = await verifyRestart(restart);
  return { round, acknowledged: counts, unanswered, readyAfterMs, checked, violations: ledger.violations };
}

function start(dataDir: string): Promise<BenchServer> {
  return startServer({ args: productionEntry(), dataDir, core: null, env: SETTINGS });
}

interface Load {
  ledger: Ledger;
  random: Random;
  options: KillTestOptions;
}

/** Lets all writers write, and kills the server at a moment that none of them chose. */
async function writeAndKill(server: BenchServer, { ledger, random, options }: Load): Promise<number> {
  const writing: Promise<void>[] = [];
  for (const [index, account] of ledger.accounts.entries()) {
    const name = `r${String(ledger.round)}-w${String(index)}`;
    const writer = await openWriter({ url: server.url, name, ledger, account, random });
    await registerAll(writer);
    writing.push(writeUntilCut(writer));
  }
  const killAfterMs = options.seconds * 1000 * (0.2 + 0.8 * random.fraction());
  await Promise.race([delay(killAfterMs), Promise.all(writing)]);
  await server.kill("SIGKILL");
  await Promise.all(writing);
  return killAfterMs;
}

/** All acknowledged writes of some rounds, by kind. */
export function totalAcknowledged(reports: readonly RoundReport[]): Record<Action, number> {
  const total = (action: Action): number => reports.reduce((sum, { acknowledged }) => sum + acknowledged[action], 0);
  return Object.fromEntries(ACTIONS.map((action) => [action, total(action)])) as Record<Action, number>;
}
