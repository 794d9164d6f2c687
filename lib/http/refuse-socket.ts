import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { problemResponse } from "./problem";

/** How long a client may take to read its answer: HTTP's own limits no longer know the socket. */
const CLOSE_MS = 1_000;

/** Answers with a problem document on a socket that no response object belongs to, and closes it. */
export function refuseSocket(error: unknown, socket: Duplex, requestId: string): void {
  const { status, headers, body } = problemResponse(error, requestId);
  const text = body ?? "";
  const lines = Object.entries({ ...headers, "content-length": String(Buffer.byteLength(text)), connection: "close" });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  // Nobody else reads on: a connection that is closed with bytes unread is reset, and the answer may be lost with it. Once
  // both ends have closed, the socket goes by itself.
  socket.resume();
  AbortSignal.timeout(CLOSE_MS).addEventListener("abort", () => {
    socket.destroy();
  });
  socket.end(`HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ""}\r\n${head}\r\n${text}`);
}
