import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type RoundReport, runKillTest, totalAcknowledged } from "./durability/run-kill-test";
import { whole } from "./report/figures";
import { buildProduction } from "./server/build-production";

const SHOWN_VIOLATIONS = 20;

const HELP = `Kills a writing registry with SIGKILL and checks that nothing acknowledged is missing after the restart.

Usage: npm run durability -- [options]

  --rounds N     how many kills                                        20
  --seconds S    longest time of writing before a kill                  2
  --writers N    concurrent clients                                    16
  --seed N       makes the writers' choices and the kills repeatable   (from the clock)
  --dir FOLDER   where the database goes for the time of the test      ${tmpdir()}
  --help         this text
`;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "20" },
    seconds: { type: "string", default: "2" },
    writers: { type: "string", default: "16" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    dir: { type: "string", default: tmpdir() },
    help: { type: "boolean", default: false, short: "h" },
  },
});

if (values.help) console.log(HELP);
else process.exitCode = await main();

async function main(): Promise<number> {
  await buildProduction();
  const dataDir = mkdtempSync(join(values.dir, "holdfast-kill-"));
  console.log(`Data in ${dataDir}, seed ${values.seed}`);
  const reports = await runKillTest({
    rounds: positive("rounds", values.rounds),
    seconds: positive("seconds", values.seconds),
    writers: positive("writers", values.writers),
    seed: positive("seed", values.seed),
    dataDir,
    onRound: (report) => {
      console.log(line(report));
    },
  });
  const violations = reports.flatMap((report) => report.violations);
  for (const violation of violations.slice(0, SHOWN_VIOLATIONS)) console.log(`  ✗ ${violation}`);
  console.log(verdict(reports, violations.length));
  // The evidence stays when something is wrong.
  if (violations.length === 0) rmSync(dataDir, { recursive: true });
  return violations.length === 0 ? 0 : 1;
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${name} must be a positive number, not ${text}`);
  return value;
}

function line({
  round,
  killedAfterMs,
  acknowledged,
  unanswered,
  readyAfterMs,
  checked,
  violations,
}: RoundReport): string {
  const { create, heartbeat, batch, patch, terminate, close } = acknowledged;
  return [
    `round ${String(round).padStart(2)}: killed after ${(killedAfterMs / 1000).toFixed(2)} s`,
    `acknowledged ${whole(create)} creates, ${whole(heartbeat)} heartbeats, ${whole(batch)} batches, ` +
      `${whole(patch)} patches, ${whole(terminate)} terminations, ${whole(close)} closes`,
    `${String(unanswered)} cut off`,
    `ready again in ${(readyAfterMs / 1000).toFixed(2)} s`,
    `${whole(checked)} sessions checked`,
    violations.length === 0 ? "nothing lost" : `${String(violations.length)} WRONG`,
  ].join(" · ");
}

function verdict(reports: readonly RoundReport[], wrong: number): string {
  const total = Object.values(totalAcknowledged(reports)).reduce((sum, count) => sum + count, 0);
  const slowest = Math.max(...reports.map(({ readyAfterMs }) => readyAfterMs)) / 1000;
  const summary = `${String(reports.length)} kills, ${whole(total)} acknowledged writes, slowest restart ${slowest.toFixed(2)} s`;
  return wrong === 0 ? `PASSED: ${summary}, nothing lost.` : `FAILED: ${summary}, ${String(wrong)} things wrong.`;
}
