import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";

/** A request of Node's HTTP server, as the web knows requests. */
export function toWebRequest(request: IncomingMessage): Request {
  const { method = "GET", url = "/", rawHeaders } = request;
  const headers = new Headers();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] ?? "", rawHeaders[index + 1] ?? "");
  }
  const hasBody = method !== "GET" && method !== "HEAD";
  // Node's and the browser's stream types differ in name only.
  const body = hasBody ? (Readable.toWeb(request) as ReadableStream<Uint8Array>) : null;
  return new Request(new URL(url, "http://127.0.0.1"), { method, headers, body, ...(hasBody && { duplex: "half" }) });
}

/** Sends a web response through Node's HTTP server, a stream piece by piece. Resolves when it is through or the client is gone. */
export async function sendWebResponse(web: Response, response: ServerResponse): Promise<void> {
  const isGone = (): boolean => response.destroyed;
  if (isGone()) {
    await web.body?.cancel();
    return;
  }
  response.writeHead(web.status, Object.fromEntries(web.headers));
  // A stream that has nothing to say yet is open nevertheless.
  response.flushHeaders();
  const reader = web.body?.getReader();
  response.once("close", () => void reader?.cancel().catch(() => undefined));
  for (;;) {
    const { done = true, value } = (await reader?.read()) ?? {};
    if (done || isGone()) break;
    if (!response.write(value)) await Promise.race([once(response, "drain"), once(response, "close")]);
  }
  response.end();
}
