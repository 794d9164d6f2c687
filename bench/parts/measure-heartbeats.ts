import { join } from "node:path";
import { rmSync, statSync } from "node:fs";
import { openDatabase, readNumber } from "../data/open-database";
import { seedSessions } from "../data/seed-sessions";
import { type LoadResult, runLoad } from "../load/run-load";
import { median, quantile } from "../report/statistics";
import { type BenchServer, startServer } from "../server/start-server";
import type { BenchContext, PartReport } from "./bench-context";
import { type HeartbeatVariant, heartbeatVariants } from "./heartbeat-variants";
import { type HeartbeatFigures, type HeartbeatRound, reportHeartbeats } from "./report-heartbeats";

interface Contestant extends HeartbeatVariant {
  server: BenchServer;
  sent: number;
  acknowledged: number;
  rounds: HeartbeatRound[];
}

/** Durable heartbeats per second: Holdfast beside what one would write by hand and beside its own handler in Next. */
export async function measureHeartbeats(context: BenchContext): Promise<PartReport> {
  const { sizes, progress } = context;
  const variants = await heartbeatVariants(sizes.sessions);
  const contestants: Contestant[] = [];
  for (const variant of variants) contestants.push(await enter(context, variant));
  for (const contestant of contestants) {
    progress(`heartbeats: warming up ${contestant.name}`);
    await run(context, contestant, sizes.warmUpMs);
  }
  for (let round = 1; round <= sizes.rounds; round += 1) {
    for (const contestant of contestants) {
      progress(`heartbeats: round ${String(round)} of ${String(sizes.rounds)}, ${contestant.name}`);
      contestant.rounds.push(await runRound(context, contestant));
    }
  }
  const figures: HeartbeatFigures[] = [];
  for (const contestant of contestants) figures.push(await finish(contestant));
  return reportHeartbeats(context, figures);
}

async function enter({ sizes, cores, workDir }: BenchContext, variant: HeartbeatVariant): Promise<Contestant> {
  const dataDir = join(workDir, variant.key);
  await seedSessions({ dataDir, active: sizes.sessions, ended: 0 });
  const server = await startServer({ args: variant.args, dataDir, core: cores?.server ?? null });
  if (variant.servesPages) await openDashboard(server);
  return { ...variant, server, sent: 0, acknowledged: 0, rounds: [] };
}

/** A server that has rendered a page tracks its asynchronous work from then on, which costs every request a little. */
async function openDashboard({ url }: BenchServer): Promise<void> {
  const answer = await fetch(`${url}/mcp`);
  await answer.text();
}

async function run({ sizes }: BenchContext, contestant: Contestant, durationMs: number): Promise<LoadResult> {
  const { requests, server, beatsPerRequest } = contestant;
  const result = await runLoad({
    url: server.url,
    connections: sizes.connections,
    durationMs,
    nextRequest: () => requests[contestant.sent++ % requests.length] ?? null,
  });
  contestant.acknowledged += result.answered * beatsPerRequest;
  return result;
}

async function runRound(context: BenchContext, contestant: Contestant): Promise<HeartbeatRound> {
  const cpuBefore = contestant.server.cpuSeconds();
  const { answered, seconds, latenciesMs, generatorLoad } = await run(context, contestant, context.sizes.roundMs);
  const cpuAfter = contestant.server.cpuSeconds();
  const beats = answered * contestant.beatsPerRequest;
  return {
    beatsPerSecond: beats / seconds,
    cpuMicrosPerBeat: cpuBefore === null || cpuAfter === null ? null : ((cpuAfter - cpuBefore) * 1_000_000) / beats,
    p50Ms: median(latenciesMs),
    p99Ms: quantile(latenciesMs, 0.99),
    generatorLoad,
  };
}

/** Ends a contestant and counts in its database what it had acknowledged. */
async function finish({ key, name, server, acknowledged, rounds }: Contestant): Promise<HeartbeatFigures> {
  const walBytes = statSync(join(server.dataDir, "holdfast.db-wal")).size;
  await server.kill("SIGKILL");
  const database = openDatabase(server.dataDir);
  const stored = readNumber(database, `SELECT sum("requestCount") FROM "SessionActivity"`);
  database.close();
  rmSync(server.dataDir, { recursive: true });
  if (stored !== acknowledged) {
    throw new Error(
      `${name}: acknowledged ${String(acknowledged)} heartbeats, but the database has ${String(stored)}.`,
    );
  }
  return { key, name, rounds, walBytes, acknowledged, stored };
}
