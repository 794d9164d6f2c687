import type { Server } from "node:http";
import type { Runtime } from "./create-runtime";

const DRAIN_MS = 10_000;

export interface StopOptions {
  server: Server;
  runtime: Runtime;
  closePages: () => Promise<void>;
}

/** On SIGTERM or SIGINT: stop accepting, finish requests, flush the queue, close the database. A second signal is final. */
export function stopOnSignal(options: StopOptions): void {
  let isStopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (isStopping) process.exit(1);
    isStopping = true;
    options.runtime.log.info({ signal }, "stopping");
    void shutDown(options);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

async function shutDown({ server, runtime, closePages }: StopOptions): Promise<void> {
  try {
    runtime.beginShutdown();
    await drain(server);
    await runtime.close();
    await closePages();
    runtime.log.info("stopped");
    process.exit(0);
  } catch (error) {
    runtime.log.error({ err: error }, "could not stop cleanly");
    process.exit(1);
  }
}

async function drain(server: Server): Promise<void> {
  const cutOff = setTimeout(() => {
    server.closeAllConnections();
  }, DRAIN_MS);
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeIdleConnections();
  });
  clearTimeout(cutOff);
}
