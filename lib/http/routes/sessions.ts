import { z } from "zod";
import { SessionExplanation } from "@/lib/contract/explanation";
import { SessionId } from "@/lib/contract/primitives";
import {
  CreateSessionBody,
  EndReasonText,
  EndSessionBody,
  Session,
  UpdateSessionBody,
  RenewedSession,
  RenewSessionBody,
} from "@/lib/contract/session";
import { ListEventsQuery, SessionEventList } from "@/lib/contract/events";
import { ListSessionsQuery, SessionList } from "@/lib/contract/session-list";
import { createSession } from "@/lib/services/create-session";
import { endSession } from "@/lib/services/end-session";
import { explainSession } from "@/lib/services/explain-session";
import { getSession } from "@/lib/services/get-session";
import { listSessionEvents } from "@/lib/services/list-session-events";
import { listSessions } from "@/lib/services/list-sessions";
import { renewSession } from "@/lib/services/renew-session";
import { updateSession } from "@/lib/services/update-session";
import { defineRoute } from "../define-route";
import { readIdempotencyKey } from "../idempotency-key";
import { EPOCH_HEADER, readEpoch } from "../session-epoch";

const tag = "Sessions";
export const SessionParams = z.strictObject({ id: SessionId });
const ENDED = ["session_gone", "session_expired", "session_fenced"] as const;

export const sessionRoutes = [
  defineRoute({
    method: "POST",
    path: "/api/mcp/sessions",
    operationId: "createSession",
    tag,
    summary: "Register a session",
    description:
      "Registers a session under the id that the MCP server minted, or under a new one. With an `Idempotency-Key` a retry is harmless.",
    headers: {
      "Idempotency-Key": "1 to 255 visible ASCII characters; the same key with the same body creates one session.",
    },
    body: CreateSessionBody,
    replies: { 201: { description: "The session; `Location` is its address.", schema: Session } },
    errors: [
      "session_exists",
      "idempotency_key_reused",
      "instance_not_found",
      "instance_superseded",
      "instance_draining",
    ],
    respond: async ({ services, request, body }) => {
      const { session, replayed } = await createSession(services, {
        body,
        idempotencyKey: readIdempotencyKey(request),
      });
      const location = `/api/mcp/sessions/${encodeURIComponent(session.id)}`;
      return { status: 201, body: session, headers: { location, ...(replayed && { "idempotency-replayed": "true" }) } };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/api/mcp/sessions",
    operationId: "listSessions",
    tag,
    summary: "List sessions",
    description:
      "Filters combine with AND; `query` says more than the others can. `sort=endedAt` lists ended sessions only. Pages by cursor: sessions that come and go meanwhile neither repeat nor hide others; in the order by last activity one that is used between two pages moves to the front.",
    query: ListSessionsQuery,
    replies: { 200: { description: "One page.", schema: SessionList } },
    errors: ["invalid_cursor"],
    respond: async ({ services, query }) => ({ status: 200, body: await listSessions(services, query) }),
  }),
  defineRoute({
    method: "GET",
    path: "/api/mcp/sessions/{id}",
    operationId: "getSession",
    tag,
    summary: "Read a session",
    description: "Reading never counts as activity. Ended sessions can be read until their retention is over.",
    params: SessionParams,
    replies: { 200: { description: "The session.", schema: Session } },
    errors: ["session_not_found"],
    respond: async ({ services, params }) => ({ status: 200, body: await getSession(services, params.id) }),
  }),
  defineRoute({
    method: "PATCH",
    path: "/api/mcp/sessions/{id}",
    operationId: "updateSession",
    tag,
    summary: "Update labels, timeouts or client info",
    headers: EPOCH_HEADER,
    params: SessionParams,
    body: UpdateSessionBody,
    replies: { 200: { description: "The session as changed.", schema: Session } },
    errors: ["session_not_found", ...ENDED, "session_disconnected", "too_many_labels"],
    respond: async ({ services, request, params, body }) => ({
      status: 200,
      body: await updateSession(services, { ...params, ifEpoch: readEpoch(request) }, body),
    }),
  }),
  defineRoute({
    method: "DELETE",
    path: "/api/mcp/sessions/{id}",
    operationId: "endSession",
    tag,
    summary: "Close or terminate a session",
    description:
      "Without `as` this is an operator's termination: the MCP server is told at once if it follows its commands, else in its next heartbeat reply. With `as: closed` its server or client closes it normally. Both are final, and work on disconnected sessions too; a termination also ends an expired session that a reconnect token could bring back.",
    headers: EPOCH_HEADER,
    params: SessionParams,
    query: z.strictObject({ reason: EndReasonText.optional() }),
    body: EndSessionBody,
    isBodyOptional: true,
    replies: { 200: { description: "The ended session.", schema: Session } },
    errors: ["session_not_found", ...ENDED],
    respond: async ({ services, request, params, query, body }) => {
      const reason = body.reason ?? query.reason;
      const session = { ...params, ifEpoch: readEpoch(request) };
      return { status: 200, body: await endSession(services, session, { ...body, reason }) };
    },
  }),
  defineRoute({
    method: "POST",
    path: "/api/mcp/sessions/{id}/renew",
    operationId: "renewSession",
    tag,
    summary: "Continue an expired session under a new id",
    description:
      "The successor has the same server, client, labels and timeouts; state and messages are not copied. A session has one successor, however many ask.",
    params: SessionParams,
    body: RenewSessionBody,
    isBodyOptional: true,
    replies: {
      201: { description: "The successor, made now; `Location` is its address.", schema: RenewedSession },
      200: { description: "The successor that it had already.", schema: RenewedSession },
    },
    errors: ["session_not_found", "session_active", "session_disconnected", "session_gone", "session_exists"],
    respond: async ({ services, params, body }) => {
      const { renewed, isNew } = await renewSession(services, params.id, body);
      const location = `/api/mcp/sessions/${encodeURIComponent(renewed.newSessionId)}`;
      return { status: isNew ? 201 : 200, body: renewed, headers: { location } };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/api/mcp/sessions/{id}/explain",
    operationId: "explainSession",
    tag,
    summary: "Say why a session is as it is",
    description: "One sentence with its evidence: above all, who went quiet.",
    params: SessionParams,
    replies: { 200: { description: "The explanation.", schema: SessionExplanation } },
    errors: ["session_not_found"],
    respond: async ({ services, params }) => ({ status: 200, body: await explainSession(services, params.id) }),
  }),
  defineRoute({
    method: "GET",
    path: "/api/mcp/sessions/{id}/events",
    operationId: "listSessionEvents",
    tag,
    summary: "Read a session's timeline",
    params: SessionParams,
    query: ListEventsQuery,
    replies: { 200: { description: "Events, oldest first.", schema: SessionEventList } },
    errors: ["session_not_found"],
    respond: async ({ services, params, query }) => ({
      status: 200,
      body: await listSessionEvents(services, params.id, query),
    }),
  }),
];
