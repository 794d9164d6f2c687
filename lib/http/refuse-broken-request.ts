import type { Duplex } from "node:stream";
import { HoldfastError, type ErrorCode } from "@/lib/domain/errors";
import { refuseSocket } from "./refuse-socket";

const CODES: Readonly<Record<string, ErrorCode>> = {
  HPE_HEADER_OVERFLOW: "headers_too_large",
  ERR_HTTP_REQUEST_TIMEOUT: "request_timeout",
};

/** Answers a request that Node's parser could not read; such a request never becomes an object. */
export function refuseBrokenRequest(error: NodeJS.ErrnoException, socket: Duplex, requestId: string): void {
  if (!socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const code = CODES[error.code ?? ""] ?? "malformed_request";
  refuseSocket(new HoldfastError(code, "The request could not be read."), socket, requestId);
}
