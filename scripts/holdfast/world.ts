import type { CheckClock } from "./check";
import type { Output } from "./reporter";

/** What the program has of its surroundings. */
export interface World {
  env: Readonly<Record<string, string | undefined>>;
  out: Output;
  err: Output;
  clock: CheckClock;
  /** Aborted by Ctrl-C or SIGTERM. */
  signal: AbortSignal;
}
