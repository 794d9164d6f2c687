import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const VICTIM = fileURLToPath(new URL("crashing-client.ts", import.meta.url));

export interface CrashOptions {
  url: URL;
  signal: AbortSignal;
  liveMs?: number;
  restMs?: number;
  log?: (line: string) => void;
}

/** Starts a client in a process of its own and kills it in the middle of its work, over and over. */
export async function crashAgainAndAgain(options: CrashOptions): Promise<void> {
  const { url, signal, liveMs = 8_000, restMs = 25_000, log = console.log } = options;
  const wait = (ms: number): Promise<void> => pause(ms, undefined, { signal }).catch(() => undefined);
  while (!signal.aborted) {
    // `fork` hands this process's loader on, so the child runs TypeScript as well.
    const child = fork(VICTIM, [url.href]);
    const exited = once(child, "exit");
    await Promise.race([wait(liveMs), exited]);
    if (child.kill("SIGKILL")) log("rusty-agent      crashes (SIGKILL): its session ages and expires");
    await exited;
    await wait(restMs);
  }
}
