import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { type BenchOptions, HELP, type Part, readBenchOptions } from "./options";
import type { BenchContext, PartReport } from "./parts/bench-context";
import { measureHeartbeats } from "./parts/measure-heartbeats";
import { measureLifecycle } from "./parts/measure-lifecycle";
import { measurePages } from "./parts/measure-pages";
import { measureReads } from "./parts/measure-reads";
import { measureViewers } from "./parts/measure-viewers";
import { machineFacts } from "./report/machine-facts";
import { buildProduction } from "./server/build-production";
import { assignCores, moveToLoadCore } from "./server/cores";

const MEASURES: Record<Part, (context: BenchContext) => Promise<PartReport>> = {
  heartbeats: measureHeartbeats,
  reads: measureReads,
  lifecycle: measureLifecycle,
  viewers: measureViewers,
  pages: measurePages,
};

async function main(options: BenchOptions): Promise<void> {
  await buildProduction();
  const cores = assignCores();
  moveToLoadCore(cores);
  const workDir = mkdtempSync(join(options.dir, "holdfast-bench-"));
  try {
    const facts = machineFacts(workDir, cores);
    print(["# Holdfast benchmark", ...(options.isQuick ? ["Quick run: the figures mean nothing."] : []), list(facts)]);
    const reports: PartReport[] = [];
    for (const part of options.parts) {
      const report = await MEASURES[part]({ sizes: options.sizes, cores, workDir, progress });
      reports.push(report);
      print([`## ${report.title}`, ...report.notes, ...report.tables]);
    }
    print([
      `Load average after: ${loadavg()
        .map((load) => load.toFixed(2))
        .join(" ")}`,
    ]);
    if (options.jsonPath !== null) {
      const parts = reports.map(({ title, figures }) => ({ title, figures }));
      writeFileSync(options.jsonPath, JSON.stringify({ facts, isQuick: options.isQuick, parts }, null, 2));
    }
  } finally {
    rmSync(workDir, { recursive: true, force: true });
  }
}

function print(blocks: readonly string[]): void {
  console.log(`${blocks.join("\n\n")}\n`);
}

function list(facts: Record<string, string>): string {
  return Object.entries(facts)
    .map(([name, value]) => `- ${name}: ${value}`)
    .join("\n");
}

/** On standard error, so that the report can be redirected into a file. */
function progress(text: string): void {
  console.error(`… ${text}`);
}

const options = readBenchOptions(process.argv.slice(2));
if (options === null) console.log(HELP);
else await main(options);
