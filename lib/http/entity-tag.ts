import { HoldfastError } from "@/lib/domain/errors";
import type { ApiRequest } from "./api-exchange";

/** A version as an `ETag`. */
export function entityTag(version: number): string {
  return `"${String(version)}"`;
}

/** The version that `If-Match` demands; null when any will do. */
export function readIfMatch(request: ApiRequest): number | null {
  const value = request.header("if-match")?.trim();
  if (value === undefined || value === "*") return null;
  const version = /^"(\d{1,15})"$/.exec(value)?.[1];
  if (version !== undefined) return Number(version);
  const errors = [{ pointer: "header:If-Match", detail: 'must be one ETag of this resource, such as "3", or *' }];
  throw new HoldfastError("invalid_request", "The If-Match header is not valid.", { errors });
}

/** Whether `If-None-Match` names this version: then the client has it already. */
export function isKnownVersion(request: ApiRequest, version: number): boolean {
  const value = request.header("if-none-match");
  const tags = value?.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return tags?.includes(entityTag(version)) ?? false;
}
