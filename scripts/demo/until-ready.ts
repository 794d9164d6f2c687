import { setTimeout as pause } from "node:timers/promises";

const POLL_MS = 250;
const PROGRESS_EVERY_MS = 5_000;

/** Resolves once `url` answers 200, reporting every few seconds that it is still being waited for. */
export async function untilReady(url: string, limitMs: number, progress: (waitedMs: number) => void): Promise<void> {
  const startedAt = performance.now();
  let nextProgressMs = PROGRESS_EVERY_MS;
  while (!(await isReady(url))) {
    const waitedMs = performance.now() - startedAt;
    if (waitedMs > limitMs) throw new Error(`${url} has not answered 200 within ${String(limitMs / 1_000)} s.`);
    if (waitedMs >= nextProgressMs) {
      progress(nextProgressMs);
      nextProgressMs += PROGRESS_EVERY_MS;
    }
    await pause(POLL_MS);
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.body?.cancel();
    return response.status === 200;
  } catch {
    return false;
  }
}
