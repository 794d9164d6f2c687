import { setImmediate } from "node:timers/promises";
import type { Timers } from "@/lib/live/live-source";

/** The machine's own time. None of these keeps the process running. */
export const systemTimers: Timers = {
  after: (delayMs, task) => {
    const timer = setTimeout(task, delayMs);
    timer.unref();
    return () => {
      clearTimeout(timer);
    };
  },
  pause: () => setImmediate(),
};
