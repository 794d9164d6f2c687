import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";

/** Mean only the connection on which they were sent. */
const OFFER = new Set(["upgrade", "http2-settings"]);

export interface Upgrade {
  socket: Duplex;
  /** What has arrived after the headers. */
  head: Buffer;
}

/**
 * Serves a request that offers a protocol we do not speak, as if it had not: some HTTP clients offer HTTP/2 with every
 * request. Node has stopped reading it at the end of its headers, so it is read once more, without the offer.
 */
export function ignoreUpgrade(server: Server, request: IncomingMessage, { socket, head }: Upgrade): void {
  const { method = "GET", url = "/", httpVersion, rawHeaders } = request;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const [name = "", value = ""] = rawHeaders.slice(index, index + 2);
    if (OFFER.has(name.toLowerCase())) continue;
    lines.push(`${name}: ${name.toLowerCase() === "connection" ? withoutOffer(value) : value}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), head]));
  server.emit("connection", socket);
}

function withoutOffer(connection: string): string {
  const options = connection.split(",").map((option) => option.trim());
  return options.filter((option) => !OFFER.has(option.toLowerCase())).join(", ");
}
