import { setTimeout as pause } from "node:timers/promises";
import type { CheckClock } from "./check";
import { Interrupted } from "./check-failure";

/** Real time, by the monotonic clock. */
export const systemClock: CheckClock = {
  now: () => performance.now(),
  async waitUntil(at, signal) {
    // Timers may be early by a fraction of a millisecond.
    for (let left = at - performance.now(); left > 0; left = at - performance.now()) {
      try {
        await pause(Math.ceil(left), undefined, { signal });
      } catch {
        throw new Interrupted();
      }
    }
  },
};
