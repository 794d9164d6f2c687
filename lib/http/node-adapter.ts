import type { IncomingMessage, ServerResponse } from "node:http";
import { MAX_BODY_BYTES } from "@/lib/contract/primitives";
import { HoldfastError } from "@/lib/domain/errors";
import { dispatch, type HttpRuntime } from "./dispatch";
import { problemResponse } from "./problem";

/** Serves one request of Node's HTTP server from the route table, without a framework in between. */
export async function serveApi(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  runtime: HttpRuntime,
): Promise<void> {
  const request = await toRequest(incoming);
  const response =
    request === null
      ? problemResponse(
          new HoldfastError("invalid_request", "The request target is not a path."),
          runtime.context.ids.newId(),
        )
      : await dispatch(request, runtime);
  await send(response, outgoing, { close: !runtime.isServing() || !incoming.complete });
  // What is left of an oversized body is thrown away as it comes, so that the client gets to read the answer.
  if (!incoming.complete) incoming.resume();
}

async function toRequest(incoming: IncomingMessage): Promise<Request | null> {
  const { method = "GET", url = "/" } = incoming;
  if (!url.startsWith("/") || !URL.canParse(`http://localhost${url}`)) return null;
  const hasBody = method !== "GET" && method !== "HEAD";
  const body = hasBody ? await readCapped(incoming) : undefined;
  return new Request(`http://localhost${url}`, {
    method,
    headers: toHeaders(incoming),
    ...(body && body.length > 0 && { body }),
  });
}

/** The body up to one byte over the limit: enough for the boundary to refuse it. */
async function readCapped(incoming: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > MAX_BODY_BYTES) break;
  }
  return Buffer.concat(chunks);
}

function toHeaders(incoming: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return headers;
}

async function send(response: Response, outgoing: ServerResponse, { close }: { close: boolean }): Promise<void> {
  const headers: Record<string, string> = Object.fromEntries(response.headers);
  if (close) headers["connection"] = "close";
  const body = response.body === null ? undefined : await response.text();
  if (body !== undefined) headers["content-length"] = String(Buffer.byteLength(body));
  outgoing.writeHead(response.status, headers);
  outgoing.end(body);
}
