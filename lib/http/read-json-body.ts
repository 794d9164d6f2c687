import { MAX_BODY_BYTES, MAX_JSON_DEPTH } from "@/lib/contract/primitives";
import { HoldfastError } from "@/lib/domain/errors";
import { jsonPointer } from "./json-pointer";
import type { ApiRequest } from "./api-exchange";

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\s*(;|$)/i;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * The request's JSON body; undefined when there is none. Refuses anything but JSON of bounded size and depth, and keys
 * that would reach an object's prototype.
 */
export async function readJsonBody(request: ApiRequest): Promise<unknown> {
  const bytes = await readBytes(request);
  if (bytes.length === 0) return undefined;
  if (!JSON_TYPE.test(request.header("content-type") ?? "")) {
    throw new HoldfastError("unsupported_media_type", "A body must be sent as application/json.");
  }
  const value = parseJson(bytes);
  assertPlain(value, MAX_JSON_DEPTH, []);
  return value;
}

async function readBytes(request: ApiRequest): Promise<Uint8Array> {
  if (Number(request.header("content-length") ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  const bytes = await request.readBody();
  if (bytes.length > MAX_BODY_BYTES) throw tooLarge();
  return bytes;
}

function tooLarge(): HoldfastError {
  return new HoldfastError("payload_too_large", `A body must not exceed ${String(MAX_BODY_BYTES)} bytes.`);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch (error) {
    const detail = error instanceof SyntaxError ? "The body is not valid JSON." : "The body is not valid UTF-8.";
    throw new HoldfastError("invalid_json", detail, { cause: error });
  }
}

function assertPlain(value: unknown, depth: number, path: string[]): void {
  if (typeof value !== "object" || value === null) return;
  if (depth === 0) {
    throw new HoldfastError("invalid_request", `The body is nested deeper than ${String(MAX_JSON_DEPTH)} levels.`);
  }
  for (const key of Object.keys(value)) {
    path.push(key);
    if (key === "__proto__") {
      const errors = [{ pointer: jsonPointer(path), detail: "is not allowed as a key" }];
      throw new HoldfastError("invalid_request", "The body has a key that is not allowed.", { errors });
    }
    assertPlain((value as Record<string, unknown>)[key], depth - 1, path);
    path.pop();
  }
}
