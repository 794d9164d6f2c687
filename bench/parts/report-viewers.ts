import { mebibytes, milliseconds, whole } from "../report/figures";
import { markdownTable } from "../report/markdown-table";
import { median } from "../report/statistics";
import type { BenchContext, PartReport } from "./bench-context";

export interface ViewerRound {
  p50Ms: number;
  p99Ms: number;
  /** Of all events to all viewers that were listened to, those that had arrived a second after the last. */
  arrivedShare: number;
  /** Share of one core that the server used; null where the system does not tell, as the next two. */
  cpuShare: number | null;
  bytesPerViewerSecond: number;
  rssPerViewer: number | null;
  /** Resident memory gained while events were sent. */
  rssGrowth: number | null;
  generatorLoad: number;
}

export interface ViewerFigures {
  key: "holdfast" | "gathered" | "each";
  name: string;
  viewers: number;
  stalled: number;
  rounds: readonly ViewerRound[];
}

const COLUMNS = [
  ...[
    "",
    "viewers",
    "stalled",
    "p50 ms",
    "p99 ms",
    "arrived",
    "server CPU",
    "KiB/s each",
    "KiB RSS each",
    "RSS growth MiB",
  ],
  "generator",
];

export function reportViewers({ sizes }: BenchContext, figures: readonly ViewerFigures[]): PartReport {
  const summaries = figures.map((figure) => ({ ...figure, ...summarize(figure.rounds) }));
  return {
    title: "The live feed",
    notes: [
      `${String(sizes.eventsPerSecond)} events per second for ${String(sizes.viewerRoundMs / 1000)} s, ${String(sizes.viewerRounds)} rounds, contestants ` +
        "interleaved; medians of the rounds. Latency: from sending the request that makes an event to its frame at a viewer.",
      "Arrived: of what was to arrive, within a second after the last event; the latencies are those of what did.",
    ],
    tables: [markdownTable(COLUMNS, summaries.map(toRow))],
    figures: summaries,
  };
}

function summarize(rounds: readonly ViewerRound[]) {
  const middle = (valueOf: (round: ViewerRound) => number | null): number | null => {
    const values = rounds.map(valueOf).filter((value) => value !== null);
    return values.length === 0 ? null : median(values);
  };
  return {
    p50Ms: median(rounds.map(({ p50Ms }) => p50Ms)),
    p99Ms: median(rounds.map(({ p99Ms }) => p99Ms)),
    arrivedShare: Math.min(...rounds.map(({ arrivedShare }) => arrivedShare)),
    cpuShare: middle(({ cpuShare }) => cpuShare),
    bytesPerViewerSecond: median(rounds.map(({ bytesPerViewerSecond }) => bytesPerViewerSecond)),
    // Only the first crowd is new memory: later ones reuse what it left.
    rssPerViewer: rounds[0]?.rssPerViewer ?? null,
    rssGrowth: middle(({ rssGrowth }) => rssGrowth),
    generatorLoad: median(rounds.map(({ generatorLoad }) => generatorLoad)),
  };
}

function toRow(figure: ViewerFigures & ReturnType<typeof summarize>): string[] {
  const { name, viewers, stalled, p50Ms, p99Ms, arrivedShare, cpuShare, bytesPerViewerSecond } = figure;
  const { rssPerViewer, rssGrowth, generatorLoad } = figure;
  return [
    ...[name, whole(viewers), whole(stalled), milliseconds(p50Ms), milliseconds(p99Ms), percent(arrivedShare)],
    ...[percent(cpuShare), whole(bytesPerViewerSecond / 1024)],
    ...[rssPerViewer === null ? "?" : (rssPerViewer / 1024).toFixed(1), mebibytes(rssGrowth), percent(generatorLoad)],
  ];
}

function percent(share: number | null): string {
  return share === null ? "?" : `${String(Math.round(share * 100))} %`;
}
