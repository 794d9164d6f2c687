import { mebibytes, milliseconds, ratio, whole } from "../report/figures";
import { markdownTable } from "../report/markdown-table";
import { median } from "../report/statistics";
import type { BenchContext, PartReport } from "./bench-context";
import type { HeartbeatVariant } from "./heartbeat-variants";

export interface HeartbeatRound {
  beatsPerSecond: number;
  /** Processor time of the server; null where the system does not tell. */
  cpuMicrosPerBeat: number | null;
  p50Ms: number;
  p99Ms: number;
  /** Share of its core that the load generator used. */
  generatorLoad: number;
}

export interface HeartbeatFigures {
  key: HeartbeatVariant["key"];
  name: string;
  rounds: readonly HeartbeatRound[];
  walBytes: number;
  acknowledged: number;
  stored: number;
}

const COLUMNS = [
  ...["", "heartbeats/s", "range", "to (a)", "to (b)", "CPU µs each", "p50 ms", "p99 ms", "WAL MiB"],
  ...["acknowledged", "in database", "generator"],
];

export function reportHeartbeats({ sizes }: BenchContext, figures: readonly HeartbeatFigures[]): PartReport {
  const roundsOf = (key: HeartbeatVariant["key"]) => figures.find((figure) => figure.key === key)?.rounds ?? [];
  const summaries = figures.map((figure) => ({
    ...figure,
    ...summarize(figure.rounds),
    toBare: medianRatio(figure.rounds, roundsOf("bare")),
    toNext: medianRatio(figure.rounds, roundsOf("next")),
  }));
  return {
    title: "Durable heartbeats per second",
    notes: [
      `${String(sizes.connections)} keep-alive connections, ${whole(sizes.sessions)} sessions, ${String(sizes.rounds)} interleaved rounds of ` +
        `${String(sizes.roundMs / 1000)} s after a warm-up of ${String(sizes.warmUpMs / 1000)} s; medians of the rounds, ratios within each round. ` +
        "Latencies are per request. CPU: processor time of the server per heartbeat. The dashboard was opened once before, as in real use.",
      "Each server was killed with SIGKILL; then the requests counted in its database were compared with those acknowledged.",
    ],
    tables: [markdownTable(COLUMNS, summaries.map(toRow))],
    figures: summaries,
  };
}

function summarize(rounds: readonly HeartbeatRound[]) {
  const speeds = rounds.map(({ beatsPerSecond }) => beatsPerSecond);
  const cpu = rounds.map(({ cpuMicrosPerBeat }) => cpuMicrosPerBeat).filter((micros) => micros !== null);
  return {
    beatsPerSecond: median(speeds),
    lowest: Math.min(...speeds),
    highest: Math.max(...speeds),
    cpuMicrosPerBeat: cpu.length === 0 ? null : median(cpu),
    p50Ms: median(rounds.map(({ p50Ms }) => p50Ms)),
    p99Ms: median(rounds.map(({ p99Ms }) => p99Ms)),
    generatorLoad: Math.max(...rounds.map((round) => round.generatorLoad)),
  };
}

/** How many times as fast, by the median of the rounds: both sides of a round ran on the same, equally busy machine. */
function medianRatio(rounds: readonly HeartbeatRound[], others: readonly HeartbeatRound[]): number {
  return median(
    rounds.map(({ beatsPerSecond }, index) => beatsPerSecond / (others[index]?.beatsPerSecond ?? Number.NaN)),
  );
}

type Summary = HeartbeatFigures & ReturnType<typeof summarize> & { toBare: number; toNext: number };

function toRow(summary: Summary): string[] {
  return [
    summary.name,
    whole(summary.beatsPerSecond),
    `${whole(summary.lowest)}–${whole(summary.highest)}`,
    ratio(summary.toBare),
    ratio(summary.toNext),
    summary.cpuMicrosPerBeat === null ? "?" : summary.cpuMicrosPerBeat.toFixed(1),
    milliseconds(summary.p50Ms),
    milliseconds(summary.p99Ms),
    mebibytes(summary.walBytes),
    whole(summary.acknowledged),
    whole(summary.stored),
    `${whole(summary.generatorLoad * 100)} %`,
  ];
}
