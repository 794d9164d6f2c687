import { tmpdir } from "node:os";
import { parseArgs } from "node:util";

export const PARTS = ["heartbeats", "reads", "lifecycle", "viewers", "pages"] as const;
export type Part = (typeof PARTS)[number];

export const HELP = `Measures Holdfast on this machine; see bench/README.md.

Usage: npm run bench -- [options]

  --quick        reduced sizes, about half a minute: shows that it works, not how fast it is
  --part NAME    only this part (${PARTS.join(", ")}); may be repeated
  --dir FOLDER   where the databases go for the time of the run (default: ${tmpdir()})
  --json FILE    also writes the figures as JSON
  --help         this text
`;

export interface Sizes {
  connections: number;
  sessions: number;
  rounds: number;
  warmUpMs: number;
  roundMs: number;
  /** Stored sessions in the three databases of the read part. */
  stored: readonly number[];
  warmUpReads: number;
  readsPerRound: number;
  readRoundMs: number;
  /** Sessions created and terminated per round. */
  created: number;
  /** Viewers of the live feed at one time. */
  viewers: readonly number[];
  stalledViewers: number;
  eventsPerSecond: number;
  viewerRounds: number;
  viewerRoundMs: number;
  /** Stored sessions in the databases whose pages are visited. */
  pageSessions: readonly number[];
  pageVisits: number;
  /** Sessions that start and end while somebody looks on. */
  pageEvents: number;
}

const FULL: Sizes = {
  connections: 32,
  sessions: 1_000,
  rounds: 11,
  warmUpMs: 4_000,
  roundMs: 2_000,
  stored: [10_000, 100_000, 1_000_000],
  warmUpReads: 50,
  readsPerRound: 200,
  readRoundMs: 2_000,
  created: 5_000,
  viewers: [1_000, 5_000],
  stalledViewers: 100,
  eventsPerSecond: 100,
  viewerRounds: 3,
  viewerRoundMs: 10_000,
  pageSessions: [1_000, 100_000],
  pageVisits: 5,
  pageEvents: 100,
};

const QUICK: Sizes = {
  connections: 8,
  sessions: 100,
  rounds: 2,
  warmUpMs: 300,
  roundMs: 300,
  stored: [200, 1_000, 5_000],
  warmUpReads: 3,
  readsPerRound: 10,
  readRoundMs: 500,
  created: 200,
  viewers: [20, 60],
  stalledViewers: 5,
  eventsPerSecond: 50,
  viewerRounds: 1,
  viewerRoundMs: 1_000,
  pageSessions: [200, 1_000],
  pageVisits: 1,
  pageEvents: 3,
};

export interface BenchOptions {
  sizes: Sizes;
  isQuick: boolean;
  parts: readonly Part[];
  dir: string;
  jsonPath: string | null;
}

/** Reads the command line; null when it asks for help. */
export function readBenchOptions(args: readonly string[]): BenchOptions | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: "boolean", default: false },
      part: { type: "string", multiple: true, default: [...PARTS] },
      dir: { type: "string", default: tmpdir() },
      json: { type: "string" },
      help: { type: "boolean", default: false, short: "h" },
    },
  });
  if (values.help) return null;
  const parts = PARTS.filter((part) => values.part.includes(part));
  const unknown = values.part.filter((part) => !parts.some((known) => known === part));
  if (unknown.length > 0) throw new Error(`--part: ${unknown.join(", ")} is none of ${PARTS.join(", ")}`);
  return {
    sizes: values.quick ? QUICK : FULL,
    isQuick: values.quick,
    parts,
    dir: values.dir,
    jsonPath: values.json ?? null,
  };
}
