import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { problemResponse } from "./problem";

/** Answers with a problem document on a socket that no response object belongs to, and closes it. */
export function refuseSocket(error: unknown, socket: Duplex, requestId: string): void {
  const { status, headers, body } = problemResponse(error, requestId);
  const text = body ?? "";
  const lines = Object.entries({ ...headers, "content-length": String(Buffer.byteLength(text)), connection: "close" });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  socket.end(`HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ""}\r\n${head}\r\n${text}`);
}
