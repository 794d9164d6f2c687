import { ClaimBody, DisconnectBody } from "@/lib/contract/instances";
import { Session } from "@/lib/contract/session";
import { claimSession } from "@/lib/services/claim-session";
import { disconnectSession } from "@/lib/services/disconnect-session";
import { defineRoute } from "../define-route";
import { EPOCH_HEADER, readEpoch } from "../session-epoch";
import { SessionParams } from "./sessions";

const tag = "Instances";

export const ownershipRoutes = [
  defineRoute({
    method: "POST",
    path: "/api/mcp/sessions/{id}/claim",
    operationId: "claimSession",
    tag,
    summary: "Take up a session that has lost its owner",
    description:
      "For a living instance of the session's server. State and messages are as they were; the new `epoch` fences the old owner. One of several claims wins; repeating one's own is harmless.",
    params: SessionParams,
    body: ClaimBody,
    replies: { 200: { description: "The session, active under its new owner.", schema: Session } },
    errors: [
      "session_not_found",
      "session_gone",
      "session_expired",
      "session_owned",
      "wrong_server",
      "instance_not_found",
      "instance_superseded",
      "instance_draining",
    ],
    respond: async ({ services, params, body }) => ({
      status: 200,
      body: await claimSession(services, params.id, body),
    }),
  }),
  defineRoute({
    method: "POST",
    path: "/api/mcp/sessions/{id}/disconnect",
    operationId: "disconnectSession",
    tag,
    summary: "Report a session as disconnected",
    description:
      "It has lost its transport, or its server without an instance shuts down. It can be taken up again until `expiresAt`.",
    headers: EPOCH_HEADER,
    params: SessionParams,
    body: DisconnectBody,
    isBodyOptional: true,
    replies: { 200: { description: "The session, disconnected.", schema: Session } },
    errors: ["session_not_found", "session_gone", "session_expired", "session_fenced"],
    respond: async ({ services, request, params, body }) => ({
      status: 200,
      body: await disconnectSession(services, { ...params, ifEpoch: readEpoch(request) }, body),
    }),
  }),
];
