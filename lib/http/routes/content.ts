import { AppendedMessages, AppendMessagesBody, ListMessagesQuery, MessageList } from "@/lib/contract/messages";
import { SessionState, StatePatch } from "@/lib/contract/state";
import type { JsonObject } from "@/lib/domain/session";
import { appendMessages } from "@/lib/services/append-messages";
import { listMessages } from "@/lib/services/list-messages";
import { readState } from "@/lib/services/read-state";
import { writeState } from "@/lib/services/write-state";
import { defineRoute, type Reply } from "../define-route";
import { entityTag, isKnownVersion, readIfMatch } from "../entity-tag";
import { EPOCH_HEADER, readEpoch } from "../session-epoch";
import { SessionParams } from "./sessions";

const tag = "Content";
const UNUSABLE = [
  "session_not_found",
  "session_gone",
  "session_expired",
  "session_disconnected",
  "session_fenced",
] as const;
const WRITE_HEADERS = { "If-Match": "Write only while the state has this `ETag`; else 412.", ...EPOCH_HEADER };

function stateReply({ state, version }: { state: JsonObject; version: number }): Reply {
  return { status: 200, body: state, headers: { etag: entityTag(version) } };
}

export const contentRoutes = [
  defineRoute({
    method: "GET",
    path: "/api/mcp/sessions/{id}/state",
    operationId: "readState",
    tag,
    summary: "Read a session's state",
    description: 'The document itself; its version is the `ETag`, `"0"` while nobody has written it.',
    headers: { "If-None-Match": "Answers 304 while the state still has this `ETag`." },
    params: SessionParams,
    replies: {
      200: { description: "The state.", schema: SessionState },
      304: { description: "The state still has the version that the request names." },
    },
    errors: ["session_not_found"],
    respond: async ({ services, request, params }) => {
      const record = await readState(services, params.id);
      if (!isKnownVersion(request, record.version)) return stateReply(record);
      return { status: 304, headers: { etag: entityTag(record.version) } };
    },
  }),
  defineRoute({
    method: "PUT",
    path: "/api/mcp/sessions/{id}/state",
    operationId: "replaceState",
    tag,
    summary: "Replace a session's state",
    headers: WRITE_HEADERS,
    params: SessionParams,
    body: SessionState,
    replies: { 200: { description: "The state as stored; `ETag` is its version.", schema: SessionState } },
    errors: [...UNUSABLE, "precondition_failed", "state_too_large"],
    respond: async ({ services, request, params, body }) => {
      const conditions = { ifVersion: readIfMatch(request), ifEpoch: readEpoch(request) };
      return stateReply(await writeState(services, { id: params.id, mode: "replace", document: body, ...conditions }));
    },
  }),
  defineRoute({
    method: "PATCH",
    path: "/api/mcp/sessions/{id}/state",
    operationId: "mergeState",
    tag,
    summary: "Merge into a session's state",
    description:
      "A JSON merge patch (RFC 7396), merged where the state is stored: concurrent patches to different keys never lose one another. Send it as `application/merge-patch+json` or `application/json`.",
    headers: WRITE_HEADERS,
    params: SessionParams,
    body: StatePatch,
    replies: { 200: { description: "The state as merged; `ETag` is its version.", schema: SessionState } },
    errors: [...UNUSABLE, "precondition_failed", "state_too_large"],
    respond: async ({ services, request, params, body }) => {
      const conditions = { ifVersion: readIfMatch(request), ifEpoch: readEpoch(request) };
      return stateReply(await writeState(services, { id: params.id, mode: "merge", document: body, ...conditions }));
    },
  }),
  defineRoute({
    method: "POST",
    path: "/api/mcp/sessions/{id}/messages",
    operationId: "appendMessages",
    tag,
    summary: "Append to a session's messages",
    description:
      "One message or several, all or nothing, in order. A message with an `id` that is known already is answered as it was appended first. Counts as activity.",
    headers: EPOCH_HEADER,
    params: SessionParams,
    body: AppendMessagesBody,
    replies: { 201: { description: "The messages as stored.", schema: AppendedMessages } },
    errors: [...UNUSABLE, "message_id_reused", "too_many_messages"],
    respond: async ({ services, request, params, body }) => ({
      status: 201,
      body: await appendMessages(services, { ...params, ifEpoch: readEpoch(request) }, body),
    }),
  }),
  defineRoute({
    method: "GET",
    path: "/api/mcp/sessions/{id}/messages",
    operationId: "listMessages",
    tag,
    summary: "Read a session's messages",
    description: "From the start, onwards with `after`, or backwards with `before`; always oldest first.",
    params: SessionParams,
    query: ListMessagesQuery,
    replies: { 200: { description: "One page.", schema: MessageList } },
    errors: ["session_not_found"],
    respond: async ({ services, params, query }) => ({
      status: 200,
      body: await listMessages(services, params.id, query),
    }),
  }),
];
