import { MAX_BODY_BYTES } from "@/lib/contract/primitives";
import { answerRequest, type HttpRuntime } from "./answer-request";
import type { ApiRequest, ApiResponse } from "./api-exchange";

export type { HttpRuntime } from "./answer-request";

/** Serves one web-standard request from the route table. */
export async function dispatch(request: Request, runtime: HttpRuntime): Promise<Response> {
  const { status, headers, body, stream } = await answerRequest(toApiRequest(request), runtime);
  return new Response(stream ? toReadable(stream) : body, { status, headers });
}

function toReadable(stream: NonNullable<ApiResponse["stream"]>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let stop: (() => void) | undefined;
  let isOver = false;
  let wake: (() => void) | undefined;
  const finish = (): void => {
    isOver = true;
    wake?.();
    stop?.();
  };
  return new ReadableStream({
    start: (controller) => {
      const endWith = (end: () => void) => () => {
        if (isOver) return;
        end();
        finish();
      };
      stop = stream({
        write: (text) => {
          if (!isOver) controller.enqueue(encoder.encode(text));
        },
        ready: async () => {
          if (!isOver && (controller.desiredSize ?? 0) <= 0) {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          }
          return !isOver;
        },
        end: endWith(() => {
          controller.close();
        }),
        fail: endWith(() => {
          controller.error(new Error("The response was broken off."));
        }),
      });
      // It may have ended before it was known how to stop it.
      if (isOver) stop();
    },
    pull: () => {
      wake?.();
    },
    cancel: finish,
  });
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
