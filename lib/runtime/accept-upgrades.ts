import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { LIVE_PATH } from "@/lib/contract/live";
import { HoldfastError } from "@/lib/domain/errors";
import { guardUpgrade } from "@/lib/http/guard-upgrade";
import { ignoreUpgrade } from "@/lib/http/ignore-upgrade";
import { PROBLEMS } from "@/lib/http/problem-table";
import { refuseSocket } from "@/lib/http/refuse-socket";
import { createSessionsGateway, type SessionsGateway } from "@/lib/ws/sessions-gateway";
import type { Runtime } from "./create-runtime";
import { systemTimers } from "./timers";

/** Where Next's hot reload connects in development. */
const NEXT_PATH = "/_next/";

export interface UpgradeOptions {
  server: Server;
  runtime: Runtime;
  /** Whether Next listens on the same server, for hot reload. */
  leaveToNext: boolean;
}

/** Serves upgrades: the live feed at its exact path, and nothing else. */
export function acceptUpgrades({ server, runtime, leaveToNext }: UpgradeOptions): Pick<SessionsGateway, "close"> {
  const { config, context, live, log } = runtime;
  const statusOf = (code: keyof typeof PROBLEMS): number => PROBLEMS[code].status;
  const { maxViewers } = config;
  const gateway = createSessionsGateway({ feed: live, timers: systemTimers, log, maxViewers, statusOf });
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const [path = ""] = (request.url ?? "").split("?", 1);
    if (leaveToNext && path.startsWith(NEXT_PATH)) return;
    if (request.headers.upgrade?.toLowerCase() !== "websocket") {
      ignoreUpgrade(server, request, { socket, head });
      return;
    }
    // Whatever becomes of the connection, it is nobody's failure.
    socket.on("error", () => undefined);
    try {
      guardUpgrade(request, config);
      if (path !== LIVE_PATH) throw new HoldfastError("route_not_found", "Nothing is served at this path.");
      gateway.accept(request, socket, head);
    } catch (error) {
      refuseSocket(error, socket, context.ids.newRequestId());
    }
  });
  return gateway;
}
