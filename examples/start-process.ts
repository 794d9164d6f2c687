import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** Lines kept for `untilLine`. */
const MAX_LINES = 500;

export interface ProcessOptions {
  /** Arguments of `node`: a script that Node runs as it is, or a TypeScript one after `RUN_TYPESCRIPT`. */
  args: readonly string[];
  env?: NodeJS.ProcessEnv;
  onLine?: (line: string, stream: "stdout" | "stderr") => void;
}

export interface RunningProcess {
  /** Resolves with the first line, printed or to come, that matches; rejects if the process ends without one. */
  untilLine(pattern: RegExp): Promise<RegExpExecArray>;
  /** Asks the process to stop, then kills it if it does not. */
  stop(patienceMs?: number): Promise<void>;
  /** Kills the process where it stands, as a crash would. */
  kill(): Promise<void>;
  /** Resolves once the process is gone: with its exit code, or the signal that killed it. */
  exited: Promise<number | string>;
}

/** Arguments that let `node` run TypeScript. */
export const RUN_TYPESCRIPT = ["--import", import.meta.resolve("tsx")] as const;

/** Starts a `node` process and follows what it prints. */
export function startProcess({ args, env = process.env, onLine }: ProcessOptions): RunningProcess {
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  for (const stream of ["stdout", "stderr"] as const) {
    createInterface(child[stream]).on("line", (line) => {
      lines.push(line);
      if (lines.length > MAX_LINES) lines.shift();
      onLine?.(line, stream);
      waiting.forEach((check) => {
        check();
      });
    });
  }
  const exited = once(child, "close").then(() => child.exitCode ?? child.signalCode ?? "unknown");

  return {
    exited,
    untilLine: (pattern) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          const match = lines.map((line) => pattern.exec(line)).find((found) => found !== null);
          if (!match) return;
          waiting.delete(check);
          resolve(match);
        };
        waiting.add(check);
        check();
        void exited.then(() => {
          reject(new Error(`ended without printing ${String(pattern)}:\n${lines.join("\n")}`));
        });
      }),
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
    async stop(patienceMs = 10_000) {
      child.kill("SIGTERM");
      const impatience = setTimeout(() => child.kill("SIGKILL"), patienceMs);
      await exited;
      clearTimeout(impatience);
    },
  };
}
