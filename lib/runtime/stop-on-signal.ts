import type { Server } from "node:http";
import type { Socket } from "node:net";
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
  const sockets = trackSockets(options.server);
  const stop = (signal: NodeJS.Signals): void => {
    if (isStopping) process.exit(1);
    isStopping = true;
    options.runtime.log.info({ signal }, "stopping");
    void shutDown(options, sockets);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

/** All open sockets; an upgraded one is no longer among the connections that the server itself could close. */
function trackSockets(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  return sockets;
}

async function shutDown({ server, runtime, closePages }: StopOptions, sockets: ReadonlySet<Socket>): Promise<void> {
  try {
    runtime.beginShutdown();
    await drain(server, sockets);
    await runtime.close();
    await closePages();
    runtime.log.info("stopped");
    process.exit(0);
  } catch (error) {
    runtime.log.error({ err: error }, "could not stop cleanly");
    process.exit(1);
  }
}

async function drain(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  const cutOff = setTimeout(() => {
    for (const socket of sockets) socket.destroy();
  }, DRAIN_MS);
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeIdleConnections();
  });
  clearTimeout(cutOff);
}
