import { HoldfastError } from "@/lib/domain/errors";
import type { ApiRequest } from "./api-exchange";

/** The request's `Idempotency-Key`; null without one. */
export function readIdempotencyKey(request: ApiRequest): string | null {
  const key = request.header("idempotency-key");
  if (key === null) return null;
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return key;
  const errors = [{ pointer: "header:Idempotency-Key", detail: "must be 1 to 255 visible ASCII characters" }];
  throw new HoldfastError("invalid_request", "The Idempotency-Key is not valid.", { errors });
}
