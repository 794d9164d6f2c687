import { HeartbeatBody, HeartbeatReply, HeartbeatsBody, HeartbeatsReply } from "@/lib/contract/heartbeat";
import { recordHeartbeat, recordHeartbeats } from "@/lib/services/record-heartbeats";
import { defineRoute } from "../define-route";
import { EPOCH_HEADER, readEpoch } from "../session-epoch";
import { SessionParams } from "./sessions";

const tag = "Heartbeats";

export const heartbeatRoutes = [
  defineRoute({
    method: "POST",
    path: "/api/mcp/sessions/{id}/heartbeat",
    operationId: "recordHeartbeat",
    tag,
    summary: "Report on one session",
    description:
      "Without figures it means that a request has just happened. With `requests: 0` and no `idleMs` it says only that the server is alive. A session that has ended answers 410 with the reason and the open commands.",
    headers: EPOCH_HEADER,
    params: SessionParams,
    body: HeartbeatBody,
    isBodyOptional: true,
    replies: { 200: { description: "Recorded, on disk.", schema: HeartbeatReply } },
    errors: ["session_not_found", "session_gone", "session_expired", "session_disconnected", "session_fenced"],
    respond: async ({ services, request, params, body }) => {
      const epoch = readEpoch(request) ?? undefined;
      return { status: 200, body: await recordHeartbeat(services, params.id, { ...body, epoch }) };
    },
  }),
  defineRoute({
    method: "POST",
    path: "/api/mcp/heartbeats",
    operationId: "recordHeartbeats",
    tag,
    summary: "Report on up to 1,000 sessions",
    description:
      "Each beat has a result of its own, in the same order: `ok`, `gone` (ended, with status and reason), `disconnected` (waits to be claimed), `fenced` (another owner has it) or `unknown` (register it again). `commands` lists what operators decided for your sessions; name them in `acks` of a later request once carried out.",
    body: HeartbeatsBody,
    replies: { 200: { description: "All recorded, on disk.", schema: HeartbeatsReply } },
    errors: [],
    respond: async ({ services, body }) => ({ status: 200, body: await recordHeartbeats(services, body) }),
  }),
];
