import { createHash, randomBytes } from "node:crypto";
import type { IdSource } from "@/lib/services/context";

function withSortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export const systemIds: IdSource = {
  newId: () => randomBytes(16).toString("hex"),
  fingerprint: (value) => createHash("sha256").update(JSON.stringify(value, withSortedKeys)).digest("base64url"),
};
