import { join } from "node:path";
import { openDatabase, readNumber } from "../data/open-database";
import { seedSessions } from "../data/seed-sessions";
import { type LoadResult, runLoad } from "../load/run-load";
import { requestBytes } from "../load/request-bytes";
import { milliseconds, whole } from "../report/figures";
import { markdownTable } from "../report/markdown-table";
import { median, quantile } from "../report/statistics";
import { type BenchServer, productionEntry, startServer } from "../server/start-server";
import type { BenchContext, PartReport } from "./bench-context";

const LIMIT_MS = 60_000;
const ACTIONS = ["create", "terminate"] as const;
type Action = (typeof ACTIONS)[number];

/** Durable creates and terminations per second; the first round warms up and does not count. */
export async function measureLifecycle({ sizes, cores, workDir, progress }: BenchContext): Promise<PartReport> {
  const dataDir = join(workDir, "lifecycle");
  await seedSessions({ dataDir, active: 0, ended: 0 });
  const server = await startServer({ args: productionEntry(), dataDir, core: cores?.server ?? null });
  const results: Record<Action, LoadResult[]> = { create: [], terminate: [] };
  for (let round = 0; round <= sizes.rounds; round += 1) {
    for (const action of ACTIONS) {
      progress(`lifecycle: round ${String(round)} of ${String(sizes.rounds)}, ${action}`);
      const requests = requestsOf(action, round, sizes.created);
      const options = { url: server.url, connections: sizes.connections, durationMs: LIMIT_MS };
      const result = await runLoad({ ...options, nextRequest: () => requests.pop() ?? null });
      if (round > 0) results[action].push(result);
      else if (result.answered !== sizes.created) throw new Error(`${action} took too long to be measured`);
    }
  }
  await checkAfterKill(server, sizes.created * (sizes.rounds + 1));
  const figures = ACTIONS.map((action) => ({ action, ...summarize(results[action]) }));
  const rows = figures.map(({ action, perSecond, lowest, highest, p50Ms, p99Ms }) => [
    action,
    whole(perSecond),
    `${whole(lowest)}–${whole(highest)}`,
    milliseconds(p50Ms),
    milliseconds(p99Ms),
  ]);
  return {
    title: "Durable creates and terminations per second",
    notes: [
      `${String(sizes.connections)} keep-alive connections, ${String(sizes.rounds)} rounds of ${whole(sizes.created)} each after one to warm up; ` +
        "medians of the rounds. Killed with SIGKILL and counted in the database afterwards: none missing.",
    ],
    tables: [markdownTable(["", "per second", "range", "p50 ms", "p99 ms"], rows)],
    figures,
  };
}

function requestsOf(action: Action, round: number, count: number): Buffer[] {
  return Array.from({ length: count }, (_, index) => {
    const id = `lifecycle-${String(round)}-${String(index)}`;
    if (action === "terminate")
      return requestBytes("DELETE", `/api/mcp/sessions/${id}`, { body: { reason: "measured" } });
    const clientInfo = { name: "claude-ai", version: "0.9" };
    const capabilities = { tools: {}, resources: {} };
    const facts = { protocolVersion: "2025-11-25", transport: "streamable-http", principal: "user-42" };
    const body = { id, server: "notes", clientInfo, capabilities, ...facts };
    return requestBytes("POST", "/api/mcp/sessions", { body });
  });
}

async function checkAfterKill(server: BenchServer, expected: number): Promise<void> {
  await server.kill("SIGKILL");
  const database = openDatabase(server.dataDir);
  const terminated = readNumber(database, `SELECT count(*) FROM "Session" WHERE "status" = 'terminated'`);
  database.close();
  if (terminated !== expected) {
    throw new Error(`Acknowledged ${String(expected)} terminations, but the database has ${String(terminated)}.`);
  }
}

function summarize(results: readonly LoadResult[]) {
  const speeds = results.map(({ answered, seconds }) => answered / seconds);
  return {
    perSecond: median(speeds),
    lowest: Math.min(...speeds),
    highest: Math.max(...speeds),
    p50Ms: median(results.map(({ latenciesMs }) => median(latenciesMs))),
    p99Ms: median(results.map(({ latenciesMs }) => quantile(latenciesMs, 0.99))),
  };
}
