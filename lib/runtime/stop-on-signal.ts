import type { Server } from "node:http";
import type { Socket } from "node:net";
import type { Runtime } from "./create-runtime";

const DRAIN_MS = 10_000;

export interface StopOptions {
  server: Server;
  runtime: Runtime;
  /** Sends those away who are connected for good. */
  closeViewers: () => Promise<void>;
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

/** Every open socket with the number of its requests under way; the server itself forgets those that were upgraded. */
function trackSockets(server: Server): ReadonlyMap<Socket, number> {
  const requests = new Map<Socket, number>();
  const add = (socket: Socket, count: number): void => {
    const known = requests.get(socket);
    if (known !== undefined) requests.set(socket, known + count);
  };
  server.on("connection", (socket) => {
    requests.set(socket, 0);
    socket.once("close", () => requests.delete(socket));
  });
  server.on("request", ({ socket }, response) => {
    add(socket, 1);
    response.once("close", () => {
      add(socket, -1);
    });
  });
  return requests;
}

async function shutDown(
  { server, runtime, closeViewers, closePages }: StopOptions,
  sockets: ReadonlyMap<Socket, number>,
): Promise<void> {
  try {
    runtime.beginShutdown();
    await closeViewers();
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

/** Closes what is idle at once, lets requests under way finish, and cuts them off when they take too long. */
async function drain(server: Server, sockets: ReadonlyMap<Socket, number>): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  for (const [socket, requests] of sockets) if (requests === 0) socket.destroy();
  const cutOff = setTimeout(() => {
    for (const socket of sockets.keys()) socket.destroy();
  }, DRAIN_MS);
  await closed;
  clearTimeout(cutOff);
}
