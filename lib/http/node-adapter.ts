import type { IncomingMessage, ServerResponse } from "node:http";
import { MAX_BODY_BYTES } from "@/lib/contract/primitives";
import { HoldfastError } from "@/lib/domain/errors";
import { answerRequest, type HttpRuntime } from "./answer-request";
import type { ApiRequest, ApiResponse } from "./api-exchange";
import { problemResponse } from "./problem";

/** Serves one request of Node's HTTP server from the route table, without a framework in between. */
export async function serveApi(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  runtime: HttpRuntime,
): Promise<void> {
  const url = readUrl(incoming);
  const response = url
    ? await answerRequest(await toApiRequest(incoming, url), runtime)
    : problemResponse(
        new HoldfastError("invalid_request", "The request target is not a path."),
        runtime.context.ids.newRequestId(),
      );
  send(response, outgoing, { close: !runtime.isServing() || !incoming.complete });
  // What is left of an oversized body is thrown away as it comes, so that the client gets to read the answer.
  if (!incoming.complete) incoming.resume();
}

function readUrl({ url = "/" }: IncomingMessage): URL | null {
  return url.startsWith("/") && URL.canParse(`http://localhost${url}`) ? new URL(`http://localhost${url}`) : null;
}

/** Reads the body first: a client that goes away in the middle of it is no failure of any route. */
async function toApiRequest(incoming: IncomingMessage, url: URL): Promise<ApiRequest> {
  const { method = "GET", headers } = incoming;
  const isDeclaredTooLarge = Number(headers["content-length"] ?? 0) > MAX_BODY_BYTES;
  const hasNothingToRead = method === "GET" || method === "HEAD" || isDeclaredTooLarge;
  const body = hasNothingToRead ? new Uint8Array() : await readCapped(incoming);
  return {
    method,
    url,
    host: headers.host ?? null,
    header: (name) => {
      const value = headers[name];
      return Array.isArray(value) ? value.join(", ") : (value ?? null);
    },
    readBody: () => Promise.resolve(body),
  };
}

/** The body up to one chunk over the limit: enough for the boundary to refuse it. */
function readCapped(incoming: IncomingMessage): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (): void => {
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    };
    const take = (chunk: Buffer): void => {
      chunks.push(chunk);
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) return;
      incoming.off("data", take).pause();
      finish();
    };
    incoming.on("data", take);
    incoming.once("end", finish);
    incoming.once("error", reject);
  });
}

function send(response: ApiResponse, outgoing: ServerResponse, { close }: { close: boolean }): void {
  const { status, headers, body, stream } = response;
  if (stream) {
    sendStream(stream, outgoing, { status, headers });
    return;
  }
  outgoing.writeHead(status, {
    ...headers,
    ...(close && { connection: "close" }),
    ...(body !== null && { "content-length": Buffer.byteLength(body) }),
  });
  outgoing.end(body ?? undefined);
}

/** Text that a client may leave unread before it is cut off. */
const MAX_UNREAD_BYTES = 1024 * 1024;

function sendStream(
  stream: NonNullable<ApiResponse["stream"]>,
  outgoing: ServerResponse,
  { status, headers }: Pick<ApiResponse, "status" | "headers">,
): void {
  // A stream that ends leaves nothing to reuse the connection for, and a stopping process must not wait for it.
  outgoing.writeHead(status, { ...headers, connection: "close" });
  const stop = stream({
    write: (text) => {
      if (outgoing.writableEnded || outgoing.destroyed) return;
      outgoing.write(text);
      if (outgoing.writableLength > MAX_UNREAD_BYTES) outgoing.destroy();
    },
    ready: () => untilTaken(outgoing),
    end: () => {
      outgoing.end();
    },
    fail: () => {
      outgoing.destroy();
    },
  });
  if (outgoing.writableEnded || outgoing.destroyed) stop();
  else outgoing.once("close", stop);
}

function untilTaken(outgoing: ServerResponse): Promise<boolean> {
  return new Promise((resolve) => {
    const answer = (): void => {
      outgoing.off("drain", answer).off("close", answer);
      resolve(!outgoing.writableEnded && !outgoing.destroyed);
    };
    if (!outgoing.writableNeedDrain) answer();
    else outgoing.once("drain", answer).once("close", answer);
  });
}
