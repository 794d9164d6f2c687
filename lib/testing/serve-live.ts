import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { serveApi } from "@/lib/http/node-adapter";
import { acceptUpgrades } from "@/lib/runtime/accept-upgrades";
import type { Runtime } from "@/lib/runtime/create-runtime";

export interface LiveServer {
  url: string;
  /** What has been sent over the slowest connection and still waits in this process. */
  unsentBytes: () => number;
  /** Connections that this process holds open. */
  connections: () => number;
  /** Sends viewers away as a stopping process does. */
  closeViewers: () => Promise<void>;
  close: () => Promise<void>;
}

/** The API and the live feed of a runtime on a real port, put together as the process does it. */
export async function serveLive(runtime: Runtime, port = 0): Promise<LiveServer> {
  const server = createServer((request, response) => void serveApi(request, response, runtime));
  const viewers = acceptUpgrades({ server, runtime, leaveToNext: false });
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await once(server.listen(port, "127.0.0.1"), "listening");
  // A TCP server's address is never a string.
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(address.port)}`,
    unsentBytes: () => Math.max(0, ...[...sockets].map(({ writableLength }) => writableLength)),
    connections: () => sockets.size,
    closeViewers: () => viewers.close(),
    close: async () => {
      await viewers.close();
      server.closeAllConnections();
      await once(server.close(), "close");
    },
  };
}
