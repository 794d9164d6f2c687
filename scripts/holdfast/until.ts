import { CheckFailure } from "./check-failure";
import type { StepContext } from "./check";

const LOOK_EVERY_MS = 100;

/**
 * Looks again and again until `look` finds something.
 * @throws CheckFailure with `message` when it has not within the time
 */
export async function until<T>(
  { clock, registry }: Pick<StepContext, "clock" | "registry">,
  { withinMs, message }: { withinMs: number; message: () => string },
  look: () => Promise<T | null>,
): Promise<T> {
  const giveUpAt = clock.now() + withinMs;
  for (;;) {
    const isLast = clock.now() >= giveUpAt;
    const found = await look();
    if (found !== null) return found;
    if (isLast) throw new CheckFailure(message());
    await clock.waitUntil(Math.min(clock.now() + LOOK_EVERY_MS, giveUpAt), registry.client.signal);
  }
}
