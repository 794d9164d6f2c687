import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocket, WebSocketServer } from "ws";
import { type ErrorCode, HoldfastError, isHoldfastError } from "@/lib/domain/errors";
import type { LiveFeed } from "@/lib/live/live-feed";
import type { FeedLog, Timers, Viewer } from "@/lib/live/live-source";
import type { Seat } from "@/lib/live/seat";
import { closeReason } from "./close-reason";
import { readAddress, readMessage } from "./read-subscription";

const MAX_MESSAGE_BYTES = 64 * 1024;
const PING_MS = 30_000;
/** How long a viewer may take to answer a close before it is cut off. */
const CLOSE_MS = 1_000;
/** Defined by RFC 6455 and its registry: the service restarts, come back later. */
const SERVICE_RESTART = 1012;

export interface GatewayOptions {
  feed: LiveFeed;
  timers: Timers;
  log: FeedLog;
  maxViewers: number;
  /** HTTP status of an error, which its close code follows from. */
  statusOf: (code: ErrorCode) => number;
}

export interface SessionsGateway {
  /**
   * Makes an upgrade request a viewer of the feed.
   * @throws invalid_request, too_many_viewers, shutting_down
   */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Sends everybody away; resolves when the last has gone or was cut off. */
  close(): Promise<void>;
}

/** `/ws/sessions`: the live feed over WebSocket. */
export function createSessionsGateway({ feed, timers, log, maxViewers, statusOf }: GatewayOptions): SessionsGateway {
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: MAX_MESSAGE_BYTES });
  let isClosing = false;
  const silent = new WeakSet<WebSocket>();

  const refuse = (socket: WebSocket, error: unknown): void => {
    const known = isHoldfastError(error) ? error : new HoldfastError("internal_error", "An unexpected error occurred.");
    if (known !== error) log.warn({ err: error }, "a live message failed");
    socket.close(4000 + statusOf(known.code), closeReason(known.code, known.message));
  };

  const serve = (socket: WebSocket, seat: Seat): void => {
    socket.on("message", (data: Buffer, isBinary) => {
      if (socket.readyState !== WebSocket.OPEN) return;
      try {
        if (isBinary) throw new HoldfastError("invalid_request", "Messages are text.");
        feed.change(seat, readMessage(data.toString()));
      } catch (error) {
        refuse(socket, error);
      }
    });
    socket.on("pong", () => silent.delete(socket));
    // What was wrong has become the close code already.
    socket.on("error", () => undefined);
    socket.on("close", () => {
      feed.leave(seat);
    });
  };

  const pingAll = (): void => {
    for (const socket of server.clients) {
      if (silent.has(socket)) socket.terminate();
      else {
        silent.add(socket);
        socket.ping();
      }
    }
    stopPinging = timers.after(PING_MS, pingAll);
  };
  let stopPinging = timers.after(PING_MS, pingAll);

  return {
    accept: (request, socket, head) => {
      if (isClosing) throw new HoldfastError("shutting_down", "Holdfast is shutting down.");
      if (server.clients.size >= maxViewers) {
        throw new HoldfastError("too_many_viewers", "As many viewers as allowed are connected.");
      }
      const subscription = readAddress(request.url ?? "");
      server.handleUpgrade(request, socket, head, (viewer) => {
        serve(viewer, feed.join(viewerOf(viewer), subscription));
      });
    },
    close: async () => {
      isClosing = true;
      stopPinging();
      const gone = [...server.clients].map((socket) => new Promise((resolve) => socket.once("close", resolve)));
      for (const socket of server.clients) {
        socket.close(SERVICE_RESTART, closeReason("shutting_down", "Holdfast is shutting down."));
      }
      const stopWaiting = timers.after(CLOSE_MS, () => {
        for (const socket of server.clients) socket.terminate();
      });
      await Promise.all(gone);
      stopWaiting();
    },
  };
}

function viewerOf(socket: WebSocket): Viewer {
  return {
    send: (message) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(message, { binary: false });
    },
    bufferedBytes: () => socket.bufferedAmount,
    drop: () => {
      socket.terminate();
    },
  };
}
