import { setTimeout as wait } from "node:timers/promises";
import { join } from "node:path";
import { seedSessions } from "../data/seed-sessions";
import { requestBytes } from "../load/request-bytes";
import { median, quantile } from "../report/statistics";
import { bundleServer } from "../server/bundle-server";
import { type BenchServer, productionEntry, startServer } from "../server/start-server";
import { sendPaced } from "../viewers/event-source";
import { RawViewer } from "../viewers/raw-viewer";
import { type ViewedFrame, ViewerCrowd } from "../viewers/viewer-crowd";
import type { BenchContext, PartReport } from "./bench-context";
import { reportViewers, type ViewerFigures, type ViewerRound } from "./report-viewers";

const SESSIONS = 200;
/** What is under way when the last event has been sent still arrives. */
const SETTLE_MS = 1_000;

interface Contestant {
  key: "holdfast" | "gathered" | "each";
  name: string;
  server: BenchServer;
  /** The request that makes an event of a session's state reach this version. */
  requestOf: (id: string, version: number) => Buffer;
  /** What else it is sent once a second. */
  everySecond: Buffer | null;
}

interface Setting {
  viewers: number;
  stalled: number;
}

/** How fast an event reaches viewers, and what a viewer costs, beside bare broadcasts of the same frames. */
export async function measureViewers(context: BenchContext): Promise<PartReport> {
  const { sizes, progress } = context;
  const contestants = await enter(context);
  const versions = new Map<string, number>();
  const settings: Setting[] = sizes.viewers.map((viewers) => ({ viewers, stalled: 0 }));
  const [smallest = 1] = sizes.viewers;
  settings.push({ viewers: smallest, stalled: sizes.stalledViewers });
  const figures: ViewerFigures[] = [];
  for (const setting of settings) {
    const rounds = new Map<Contestant, ViewerRound[]>(contestants.map((contestant) => [contestant, []]));
    for (let round = 1; round <= sizes.viewerRounds; round += 1) {
      for (const contestant of contestants) {
        // Nothing keeps a bare broadcast from filling its memory for those who do not read.
        if (setting.stalled > 0 && contestant.key !== "holdfast") continue;
        progress(`viewers: round ${String(round)}, ${String(setting.viewers)} viewers, ${contestant.name}`);
        rounds.get(contestant)?.push(await runRound(context, { contestant, setting, versions }));
      }
    }
    for (const [{ key, name }, measured] of rounds) {
      if (measured.length > 0) figures.push({ key, name, ...setting, rounds: measured });
    }
  }
  for (const { server } of contestants) await server.kill("SIGTERM");
  return reportViewers(context, figures);
}

async function enter({ cores, workDir }: BenchContext): Promise<Contestant[]> {
  const core = cores?.server ?? null;
  const dataDir = join(workDir, "viewers");
  await seedSessions({ dataDir, active: SESSIONS + 1, ended: 0 });
  const holdfast = await startServer({ args: productionEntry(), dataDir, core });
  const putState = (id: string, version: number): Buffer =>
    requestBytes("PUT", `/api/mcp/sessions/${id}/state`, { body: { version } });
  const templates = await record(holdfast, () => putState(`bench-${String(SESSIONS + 1)}`, 1));
  const bundle = await bundleServer("bare-broadcast-server");
  const bare = async (key: "gathered" | "each", name: string): Promise<Contestant> => ({
    ...{ key, name, server: await startServer({ args: [bundle, key], dataDir, core }) },
    requestOf: (id, stateVersion) => {
      const { session, ...frame } = templates.update;
      return requestBytes("POST", "/", { body: { ...frame, session: { ...session, id, stateVersion } } });
    },
    everySecond: requestBytes("POST", "/", { body: templates.health }),
  });
  return [
    { key: "holdfast", name: "Holdfast", server: holdfast, requestOf: putState, everySecond: null },
    await bare("gathered", "(a) bare ws, every 100 ms"),
    await bare("each", "(b) bare ws, each event"),
  ];
}

/** One frame of each kind that Holdfast sends here, so that the others can send the same. */
async function record(
  { url }: BenchServer,
  request: () => Buffer,
): Promise<{ update: ViewedFrame; health: ViewedFrame }> {
  const seen = new Map<string, ViewedFrame>();
  const crowd = await ViewerCrowd.open(url, 1, (frame) => seen.set(frame.type, frame));
  try {
    for (let attempt = 0; attempt < 50; attempt += 1) {
      await sendPaced({ url, perSecond: 20, durationMs: 100, nextRequest: request });
      const [update, health] = [seen.get("session_updated"), seen.get("health")];
      if (update && health) return { update, health };
    }
    throw new Error("Holdfast has sent no frames.");
  } finally {
    crowd.close();
  }
}

interface Round {
  contestant: Contestant;
  setting: Setting;
  versions: Map<string, number>;
}

async function runRound({ sizes }: BenchContext, { contestant, setting, versions }: Round): Promise<ViewerRound> {
  const { key, server, requestOf, everySecond } = contestant;
  const sentAt = new Map<string, number>();
  const latenciesMs: number[] = [];
  const rssBefore = server.rssBytes();
  const crowd = await ViewerCrowd.open(server.url, setting.viewers, ({ session }) => {
    const at = session && sentAt.get(`${session.id} ${String(session.stateVersion)}`);
    if (at !== undefined) latenciesMs.push(performance.now() - at);
  });
  const stalled = await Promise.all(Array.from({ length: setting.stalled }, () => RawViewer.open(server.url)));
  for (const viewer of stalled) viewer.stall();
  await wait(SETTLE_MS);
  const rssOpen = server.rssBytes();
  const before = { cpu: server.cpuSeconds(), own: process.cpuUsage(), bytes: crowd.bytes, at: performance.now() };
  let events = 0;
  const nextRequest = (): Buffer => {
    const id = `bench-${String(1 + (events % SESSIONS))}`;
    const version = (versions.get(`${key} ${id}`) ?? 0) + 1;
    versions.set(`${key} ${id}`, version);
    events += 1;
    sentAt.set(`${id} ${String(version)}`, performance.now());
    return requestOf(id, version);
  };
  const paced = { url: server.url, durationMs: sizes.viewerRoundMs };
  await Promise.all([
    sendPaced({ ...paced, perSecond: sizes.eventsPerSecond, nextRequest }),
    everySecond && sendPaced({ ...paced, perSecond: 1, nextRequest: () => everySecond }),
  ]);
  await wait(SETTLE_MS);
  const seconds = (performance.now() - before.at) / 1000;
  const [cpu, own, rssAfter] = [server.cpuSeconds(), process.cpuUsage(before.own), server.rssBytes()];
  const bytes = crowd.bytes - before.bytes;
  crowd.close();
  for (const viewer of stalled) viewer.close();
  await wait(SETTLE_MS);
  return {
    p50Ms: median(latenciesMs),
    p99Ms: quantile(latenciesMs, 0.99),
    arrivedShare: latenciesMs.length / (events * crowd.watchful),
    cpuShare: cpu === null || before.cpu === null ? null : (cpu - before.cpu) / seconds,
    bytesPerViewerSecond: bytes / setting.viewers / seconds,
    rssPerViewer: rssOpen === null || rssBefore === null ? null : (rssOpen - rssBefore) / setting.viewers,
    rssGrowth: rssAfter === null || rssOpen === null ? null : rssAfter - rssOpen,
    generatorLoad: (own.user + own.system) / 1_000_000 / seconds,
  };
}
