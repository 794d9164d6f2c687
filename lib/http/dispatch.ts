import { MAX_BODY_BYTES } from "@/lib/contract/primitives";
import { answerRequest, type HttpRuntime } from "./answer-request";
import type { ApiRequest } from "./api-exchange";

export type { HttpRuntime } from "./answer-request";

/** Serves one web-standard request from the route table. */
export async function dispatch(request: Request, runtime: HttpRuntime): Promise<Response> {
  const { status, headers, body } = await answerRequest(toApiRequest(request), runtime);
  return new Response(body, { status, headers });
}

function toApiRequest(request: Request): ApiRequest {
  const { method, headers } = request;
  const url = new URL(request.url);
  return {
    method,
    url,
    host: headers.get("host") ?? url.host,
    header: (name) => headers.get(name),
    readBody: () => readCapped(request),
  };
}

/** The body up to one chunk over the limit: enough for the boundary to refuse it. */
async function readCapped({ body }: Request): Promise<Uint8Array> {
  if (!body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_BODY_BYTES) break;
  }
  return Buffer.concat(chunks);
}
