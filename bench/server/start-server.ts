import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { TASKSET } from "./cores";
import { readCpuSeconds, readRss } from "./process-figures";
import { PROJECT_ROOT } from "./project-root";

const READY_LINE = /ready at (http:\/\/[^/\s]+)/;

export interface StartOptions {
  /** Arguments of `node`. */
  args: readonly string[];
  dataDir: string;
  /** The core to run on; null to let the system choose. */
  core: number | null;
  /** Settings besides those of every measured server. */
  env?: Readonly<Record<string, string>>;
}

export interface BenchServer {
  url: string;
  dataDir: string;
  /** Milliseconds from the start of the process to its first answered request. */
  readyAfterMs: number;
  /** Resident memory now; null where the system does not tell. */
  rssBytes(): number | null;
  /** Processor time used so far; null where the system does not tell. */
  cpuSeconds(): number | null;
  kill(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
}

/** Arguments of `node` that run the built server as `npm start` does after its check of the build. */
export function productionEntry(): readonly string[] {
  const url = pathToFileURL(join(PROJECT_ROOT, "dist", "server.mjs")).href;
  const script = `const { main } = await import(${JSON.stringify(url)}); await main({ dev: false });`;
  return ["--input-type=module", "--eval", script];
}

/** Starts a server on a free port of the loopback and waits until it answers. */
export async function startServer({ args, dataDir, core, env = {} }: StartOptions): Promise<BenchServer> {
  const startedAt = performance.now();
  const [command, prefix] =
    core === null ? [process.execPath, []] : [TASKSET, ["--cpu-list", String(core), process.execPath]];
  const child = spawn(command, [...prefix, ...args], {
    cwd: PROJECT_ROOT,
    env: { ...serverEnvironment(dataDir), ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const url = await Promise.race([
    readUrl(child.stdout),
    ended.then(() => Promise.reject(new Error("The server ended before it was ready."))),
  ]);
  const answer = await fetch(`${url}/readyz`);
  if (!answer.ok) throw new Error(`The server is not ready: ${String(answer.status)} ${await answer.text()}`);
  return {
    url,
    dataDir,
    readyAfterMs: performance.now() - startedAt,
    rssBytes: () => (child.pid === undefined ? null : readRss(child.pid)),
    cpuSeconds: () => (child.pid === undefined ? null : readCpuSeconds(child.pid)),
    kill: async (signal) => {
      child.kill(signal);
      await ended;
    },
  };
}

function serverEnvironment(dataDir: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: "production",
    HOST: "127.0.0.1",
    PORT: "0",
    HOLDFAST_DATA_DIR: dataDir,
    HOLDFAST_LOG_LEVEL: "warn",
  };
}

async function readUrl(stdout: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface(stdout)) {
    const url = READY_LINE.exec(line)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error("The server ended before it was ready.");
}
