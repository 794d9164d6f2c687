import { createHash, randomBytes } from "node:crypto";
import type { IdSource } from "@/lib/services/context";

function withSortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Request ids need to be unique, not secret: a random name for this process and a count cost almost nothing. */
const processName = randomBytes(6).toString("hex");
let requests = 0;

export const systemIds: IdSource = {
  newRequestId: () => `${processName}-${(requests++).toString(36).padStart(6, "0")}`,
  newId: () => randomBytes(16).toString("hex"),
  fingerprint: (value) => createHash("sha256").update(JSON.stringify(value, withSortedKeys)).digest("base64url"),
};
