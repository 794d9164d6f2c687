import type { z } from "zod";
import { jsonObject, MAX_BODY_BYTES } from "./primitives";

/** Largest state of one session, serialised. */
export const MAX_STATE_BYTES = MAX_BODY_BYTES;

/** `PUT /api/mcp/sessions/{id}/state`, and what every state route answers: the document itself. */
export const SessionState = jsonObject(MAX_STATE_BYTES).meta({
  id: "SessionState",
  type: "object",
  additionalProperties: true,
  description: "The session's JSON state. Its version is the `ETag`.",
  example: { counter: 5, lastTool: "list_nodes" },
});
export type SessionState = z.output<typeof SessionState>;

/** `PATCH /api/mcp/sessions/{id}/state`: RFC 7396. */
export const StatePatch = jsonObject(MAX_STATE_BYTES).meta({
  id: "StatePatch",
  type: "object",
  additionalProperties: true,
  description: "JSON merge patch (RFC 7396): members replace or are merged, null removes.",
  example: { counter: 6, draft: null },
});
export type StatePatch = z.output<typeof StatePatch>;
