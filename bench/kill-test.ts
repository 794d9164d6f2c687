import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ACTIONS } from "./durability/actions";
import { type RoundReport, runKillTest, totalAcknowledged } from "./durability/run-kill-test";
import { whole } from "./report/figures";
import { quantile } from "./report/statistics";
import { buildProduction } from "./server/build-production";

const SHOWN_VIOLATIONS = 20;

const HELP = `Kills a writing registry with SIGKILL and checks that nothing acknowledged is missing after the restart.

Usage: npm run durability -- [options]

  --rounds N     how many kills                                        20
  --seconds S    longest time of writing before a kill                  2
  --writers N    concurrent MCP servers                                16
  --ready S      longest time until it answers again                    3
  --seed N       makes the writers' choices and the kills repeatable   (from the clock)
  --dir FOLDER   where the database goes for the time of the test      ${tmpdir()}
  --help         this text
`;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "20" },
    seconds: { type: "string", default: "2" },
    writers: { type: "string", default: "16" },
    ready: { type: "string", default: "3" },
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
    readyWithinMs: positive("ready", values.ready) * 1000,
    dataDir,
    onRound: (report) => {
      console.log(line(report));
      for (const violation of report.violations.slice(0, SHOWN_VIOLATIONS)) console.log(`  ✗ ${violation}`);
    },
  });
  const violations = reports.flatMap((report) => report.violations);
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

function line({ round, killedAfterMs, unanswered, readyAfterMs, checked, violations, ...report }: RoundReport): string {
  return [
    `round ${String(round).padStart(3)}: killed after ${seconds(killedAfterMs)}`,
    `${whole(sumOf(report.acknowledged))} acknowledged, ${String(unanswered)} cut off`,
    `ready again in ${seconds(readyAfterMs)}`,
    `${whole(checked)} sessions checked`,
    violations.length === 0 ? "nothing lost" : `${String(violations.length)} WRONG`,
  ].join(" · ");
}

function verdict(reports: readonly RoundReport[], wrong: number): string {
  const acknowledged = totalAcknowledged(reports);
  const ready = reports.map(({ readyAfterMs }) => readyAfterMs);
  const summary =
    `${String(reports.length)} kills, ${whole(sumOf(acknowledged))} acknowledged writes, ` +
    `ready again in ${seconds(quantile(ready, 0.5))} (median), ${seconds(Math.max(...ready))} (longest)`;
  return [
    `Acknowledged: ${ACTIONS.map((action) => `${action} ${whole(acknowledged[action])}`).join(", ")}`,
    wrong === 0 ? `PASSED: ${summary}, nothing lost.` : `FAILED: ${summary}, ${String(wrong)} things wrong.`,
  ].join("\n");
}

function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
