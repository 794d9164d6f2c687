import { statSync } from "node:fs";
import { join } from "node:path";
import { seedSessions } from "../data/seed-sessions";
import { HttpConnection } from "../load/http-connection";
import { requestBytes } from "../load/request-bytes";
import { mebibytes, milliseconds, ratio, whole } from "../report/figures";
import { markdownTable } from "../report/markdown-table";
import { median, quantile } from "../report/statistics";
import { type BenchServer, productionEntry, startServer } from "../server/start-server";
import type { BenchContext, PartReport } from "./bench-context";

const MAX_ACTIVE = 10_000;

interface Read {
  name: string;
  path: string;
  /** Whether a session is created before each read, so that no figure can come from a cache. */
  afterCreate?: boolean;
}

const READS: readonly Read[] = [
  { name: "health", path: "/api/mcp/sessions/health" },
  { name: "health, right after a create", path: "/api/mcp/sessions/health", afterCreate: true },
  { name: "health/history?range=7d", path: "/api/mcp/sessions/health/history?range=7d" },
  { name: "sessions?limit=50", path: "/api/mcp/sessions?limit=50" },
  { name: "sessions?limit=50&status=active", path: "/api/mcp/sessions?limit=50&status=active" },
  { name: "sessions?limit=50&sort=lastActivityAt", path: "/api/mcp/sessions?limit=50&sort=lastActivityAt" },
];

interface Registry {
  stored: number;
  server: BenchServer;
  connection: HttpConnection;
  databaseBytes: number;
  rssAtStart: number | null;
  latenciesMs: Map<string, number[]>;
}

/** What reading costs as the number of stored sessions grows. */
export async function measureReads(context: BenchContext): Promise<PartReport> {
  const { sizes, progress } = context;
  const registries: Registry[] = [];
  for (const stored of sizes.stored) registries.push(await open(context, stored));
  for (let round = 0; round <= sizes.rounds; round += 1) {
    for (const read of READS) {
      progress(`reads: round ${String(round)} of ${String(sizes.rounds)}, ${read.name}`);
      for (const registry of registries) await runRound(context, registry, { read, isWarmUp: round === 0 });
    }
  }
  const starts = registries.map(startRow);
  const figures = READS.map(({ name }) => ({
    name,
    costs: registries.map(({ stored, latenciesMs }) => {
      const latencies = latenciesMs.get(name) ?? [];
      return { stored, reads: latencies.length, medianMs: median(latencies), p99Ms: quantile(latencies, 0.99) };
    }),
  }));
  for (const { connection, server } of registries) {
    connection.close();
    await server.kill("SIGTERM");
  }
  return report(context, { figures, starts });
}

async function open({ cores, workDir, progress }: BenchContext, stored: number): Promise<Registry> {
  progress(`reads: storing ${whole(stored)} sessions`);
  const dataDir = join(workDir, `stored-${String(stored)}`);
  const active = Math.min(MAX_ACTIVE, stored / 10);
  await seedSessions({ dataDir, active, ended: stored - active });
  const server = await startServer({ args: productionEntry(), dataDir, core: cores?.server ?? null });
  return {
    stored,
    server,
    connection: await HttpConnection.open(server.url),
    databaseBytes: statSync(join(dataDir, "holdfast.db")).size,
    rssAtStart: server.rssBytes(),
    latenciesMs: new Map(READS.map(({ name }) => [name, []])),
  };
}

interface Round {
  read: Read;
  isWarmUp: boolean;
}

/** One request after the other on one connection, for at most so many requests and so long. */
async function runRound({ sizes }: BenchContext, registry: Registry, { read, isWarmUp }: Round): Promise<void> {
  const { connection, latenciesMs } = registry;
  const request = requestBytes("GET", read.path);
  const count = isWarmUp ? sizes.warmUpReads : sizes.readsPerRound;
  const endsAt = performance.now() + sizes.readRoundMs;
  for (let index = 0; index < count && performance.now() < endsAt; index += 1) {
    if (read.afterCreate === true) await expectOk(connection, CREATE);
    const sentAt = performance.now();
    await expectOk(connection, request);
    if (!isWarmUp) latenciesMs.get(read.name)?.push(performance.now() - sentAt);
  }
}

const CREATE = requestBytes("POST", "/api/mcp/sessions", { body: { server: "server-1" } });

async function expectOk(connection: HttpConnection, request: Buffer): Promise<void> {
  const { status, body } = await connection.send(request);
  if (status < 200 || status > 299) throw new Error(`Unexpected answer ${String(status)}: ${body}`);
}

function startRow({ stored, server, databaseBytes, rssAtStart }: Registry) {
  return { stored, readyAfterMs: server.readyAfterMs, rssAtStart, rssAfter: server.rssBytes(), databaseBytes };
}

interface ReadFigures {
  figures: { name: string; costs: { stored: number; reads: number; medianMs: number; p99Ms: number }[] }[];
  starts: ReturnType<typeof startRow>[];
}

function report({ sizes }: BenchContext, measured: ReadFigures): PartReport {
  const { figures, starts } = measured;
  const costRows = figures.map(({ name, costs }) => {
    const [first, last] = [costs[0]?.medianMs ?? Number.NaN, costs.at(-1)?.medianMs ?? Number.NaN];
    const cells = costs.map(({ medianMs, p99Ms }) => `${milliseconds(medianMs)} / ${milliseconds(p99Ms)}`);
    return [`GET ${name}`, ...cells, ratio(last / first)];
  });
  const startRows = starts.map(({ stored, readyAfterMs, rssAtStart, rssAfter, databaseBytes }) => [
    whole(stored),
    (readyAfterMs / 1000).toFixed(2),
    mebibytes(rssAtStart),
    mebibytes(rssAfter),
    mebibytes(databaseBytes),
  ]);
  return {
    title: "Reads by number of stored sessions",
    notes: [
      "Median / p99 in ms per request over one loopback connection, one request after the other; one session in ten is active, at most " +
        `${whole(MAX_ACTIVE)}. ${String(sizes.rounds)} rounds, sizes interleaved, up to ${String(sizes.readsPerRound)} requests each. ` +
        "The last column is the growth of the median from the first size to the last.",
      "Start: from the process's start to its first answer from /readyz, with the database in the page cache.",
    ],
    tables: [
      markdownTable(["", ...sizes.stored.map((stored) => `${whole(stored)} stored`), "growth"], costRows),
      markdownTable(["stored", "ready after s", "RSS MiB at start", "RSS MiB after", "database MiB"], startRows),
    ],
    figures: measured,
  };
}
