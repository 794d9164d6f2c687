import { pino, type Logger } from "pino";

/** Structured log on standard error: standard output stays free for what a person reads. */
export function createLogger(level: string): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  );
}
