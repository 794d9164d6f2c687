import { HoldfastError } from "@/lib/domain/errors";
import type { ApiRequest } from "./api-exchange";

/** For the descriptions of routes that write to a session. */
export const EPOCH_HEADER = {
  "Holdfast-Epoch":
    "The session's `epoch` as you know it: once another owner has taken over, the write fails with 409.",
};

/**
 * The epoch under which a writer knows its session; null when it does not say.
 * @throws invalid_request
 */
export function readEpoch(request: ApiRequest): number | null {
  const value = request.header("holdfast-epoch");
  if (value === null) return null;
  if (/^[1-9]\d{0,9}$/.test(value)) return Number(value);
  throw new HoldfastError("invalid_request", "Holdfast-Epoch must be a whole number from 1 on.");
}
