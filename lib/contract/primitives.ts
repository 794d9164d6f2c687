import { z } from "zod";
import type { JsonObject } from "@/lib/domain/session";

export const MAX_BODY_BYTES = 256 * 1024;
/** Nesting allowed in any request body, counted in objects and arrays. */
export const MAX_JSON_DEPTH = 32;

const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

/** One line of text: no control characters, no broken surrogate pairs, no blank edges. */
export function text(maxLength: number) {
  return z
    .string()
    .min(1)
    .max(maxLength)
    .refine((value) => !CONTROL.test(value), { error: "must not contain control characters" })
    .refine((value) => value.isWellFormed(), { error: "must be well-formed Unicode" })
    .refine((value) => value.trim() === value, { error: "must not begin or end with white space" });
}

/** Paths below /sessions that an id would shadow, and segments that URLs resolve away. */
const RESERVED_IDS = new Set(["health", "facets", "export", ".", ".."]);

/** Visible ASCII, as MCP demands of `Mcp-Session-Id`. */
export const SessionId = z
  .string()
  .min(1)
  .max(256)
  .regex(/^[\x21-\x7e]+$/, { error: "must consist of visible ASCII characters" })
  .refine((id) => !RESERVED_IDS.has(id), { error: "is a reserved word" })
  .meta({
    description: "Session id: 1 to 256 visible ASCII characters.",
    example: "7f0c3a52-9d1e-4b8e-a1a5-2f6f1c0e9b11",
  });

export const IsoTimestamp = z.iso
  .datetime({ precision: 3 })
  .meta({ description: "ISO 8601, UTC, milliseconds.", example: "2026-01-11T00:49:00.000Z" });

export function count(max: number = Number.MAX_SAFE_INTEGER) {
  return z.int().min(0).max(max);
}

/** 1 second to 30 days. */
export const IdleTimeoutMs = z
  .int()
  .min(1_000)
  .max(30 * 24 * 3_600_000)
  .meta({ description: "Milliseconds without a client request after which the session expires." });

/** 1 second to 365 days. */
export const LifetimeMs = z
  .int()
  .min(1_000)
  .max(365 * 24 * 3_600_000)
  .meta({ description: "Milliseconds after its creation at which the session expires however busy it is." });

/** Any JSON object up to `maxBytes` once serialised. */
export function jsonObject(maxBytes: number) {
  return z
    .custom<JsonObject>((value) => typeof value === "object" && value !== null && !Array.isArray(value), {
      error: "must be an object",
    })
    .refine((value) => new TextEncoder().encode(JSON.stringify(value)).length <= maxBytes, {
      error: `must not exceed ${String(maxBytes)} bytes`,
    })
    .meta({ type: "object", additionalProperties: true });
}

/** Up to 32 short key-value pairs. */
export const MAX_LABELS = 32;
export const LabelKey = z.string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?$/, {
  error: "must be 1 to 63 letters, digits, '.', '_', '/' or '-', beginning and ending with a letter or digit",
});
export const LabelValue = text(256);
export const Labels = z
  .record(LabelKey, LabelValue)
  .refine((labels) => Object.keys(labels).length <= MAX_LABELS, {
    error: `must not have more than ${String(MAX_LABELS)} entries`,
  })
  .meta({ example: { team: "core" } });
