import { ReconnectBody, ReconnectedSession, ReconnectToken } from "@/lib/contract/tokens";
import { issueToken, requireOpen } from "@/lib/services/issue-token";
import { reconnectSession } from "@/lib/services/reconnect-session";
import { defineRoute, type RouteDescription } from "../define-route";
import { SessionParams } from "./sessions";

const tag = "Sessions";

const TOKEN_ERRORS = ["token_invalid", "token_wrong_type", "token_wrong_session", "token_expired"] as const;
const USED_ERRORS = ["token_revoked", "token_reused"] as const;
const INSTANCE_ERRORS = ["instance_not_found", "instance_superseded", "instance_draining"] as const;
const SESSION_ERRORS = ["session_not_found", "session_gone", "session_expired"] as const;

const issuing = {
  tag,
  description:
    "For an active or disconnected session. This answer is the only copy of the token: Holdfast keeps its SHA-256. Up to eight may be good at a time; one more and the oldest is void.",
  replies: { 200: { description: "The token, never to be cached.", schema: ReconnectToken } },
  errors: SESSION_ERRORS,
} as const satisfies Partial<RouteDescription>;

export const tokenRoutes = [
  defineRoute({
    method: "GET",
    path: "/api/mcp/sessions/{id}/token",
    ...issuing,
    errors: [...SESSION_ERRORS, "cross_origin_request"],
    hasEffect: true,
    operationId: "getReconnectToken",
    summary: "Issue a reconnect token",
    params: SessionParams,
    respond: async ({ services, params, request }) => {
      // Without a body the token would be out and nobody would have it.
      const isHead = request.method === "HEAD";
      return { status: 200, body: await (isHead ? requireOpen : issueToken)(services, params.id) };
    },
  }),
  defineRoute({
    method: "POST",
    path: "/api/mcp/sessions/{id}/token",
    ...issuing,
    operationId: "issueReconnectToken",
    summary: "Issue a reconnect token",
    params: SessionParams,
    respond: async ({ services, params }) => ({ status: 200, body: await issueToken(services, params.id) }),
  }),
  defineRoute({
    method: "POST",
    path: "/api/mcp/sessions/{id}/reconnect",
    operationId: "reconnectSession",
    tag,
    summary: "Redeem a reconnect token",
    description:
      "The session is active again, from `disconnected` or `expired`, under a new epoch, with state and messages as they were. A token is good once: the answer brings the next. If the answer was lost, the same token gets it again for 10 s; a used token that comes back later terminates the session. Name the `server`, or the instance, that takes the session up.",
    params: SessionParams,
    body: ReconnectBody,
    replies: { 200: { description: "The session, active, and its next token.", schema: ReconnectedSession } },
    errors: [
      ...TOKEN_ERRORS,
      ...USED_ERRORS,
      "wrong_server",
      ...SESSION_ERRORS,
      "session_superseded",
      "session_owned",
      ...INSTANCE_ERRORS,
    ],
    respond: async ({ services, params, body }) => ({
      status: 200,
      body: await reconnectSession(services, params.id, body),
    }),
  }),
];
