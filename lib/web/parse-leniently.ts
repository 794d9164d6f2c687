import type { z } from "zod";

/**
 * What a schema makes of JSON from a registry that may be newer than this page: as agreed, or else without the keys that the
 * schema does not know. Whatever else is wrong with it stays wrong.
 */
export function parseLeniently<T extends z.ZodType>(schema: T, json: unknown): z.ZodSafeParseResult<z.output<T>> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed;
  const { issues } = parsed.error;
  const unknown = issues.filter((issue) => issue.code === "unrecognized_keys");
  if (unknown.length < issues.length) return parsed;
  const known = structuredClone(json);
  for (const { path, keys } of unknown) dropKeys(ownerAt(known, path), keys);
  return schema.safeParse(known);
}

function ownerAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((owner, key) => (isObject(owner) ? Reflect.get(owner, key) : undefined), json);
}

function dropKeys(owner: unknown, keys: readonly string[]): void {
  if (isObject(owner)) for (const key of keys) Reflect.deleteProperty(owner, key);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
