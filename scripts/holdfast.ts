import { runHoldfast } from "./holdfast/run-holdfast";
import { systemClock } from "./holdfast/system-clock";
import { stopWithParent } from "./stop-with-parent.mjs";

const interruption = new AbortController();

/** The first signal lets the program close what it has opened; a second one does not wait for that. */
function interrupt(): void {
  if (interruption.signal.aborted) process.exit(130);
  process.stderr.write("\nStopping: closing the sessions of this run. Ctrl-C again stops at once.\n");
  interruption.abort();
}

process.on("SIGINT", interrupt);
process.on("SIGTERM", interrupt);
stopWithParent();

process.exitCode = await runHoldfast(process.argv.slice(2), {
  env: process.env,
  out: process.stdout,
  err: process.stderr,
  clock: systemClock,
  signal: interruption.signal,
});
