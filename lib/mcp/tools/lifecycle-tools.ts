import { z } from "zod";
import { SessionId } from "@/lib/contract/primitives";
import { EndReasonText, RenewedSession, Session } from "@/lib/contract/session";
import { ReconnectBody, ReconnectedSession } from "@/lib/contract/tokens";
import { endSession } from "@/lib/services/end-session";
import { previewEnd } from "@/lib/services/preview-end";
import { reconnectSession } from "@/lib/services/reconnect-session";
import { renewSession } from "@/lib/services/renew-session";
import { defineTool } from "../define-tool";

const reconnectSessionTool = defineTool({
  name: "reconnect_session",
  title: "Reconnect a session",
  description:
    "Takes up a disconnected or expired session again with its reconnect token: it becomes active with state and messages intact. The token is used up; keep the new one in `token` for the next time. Never pass a token that was used before: that counts as theft and terminates the session.",
  input: z.strictObject({
    session_id: SessionId,
    reconnect_token: ReconnectBody.shape.token,
    server: ReconnectBody.shape.server,
  }),
  output: ReconnectedSession,
  hints: {},
  run: (ctx, { session_id: id, reconnect_token: token, server }) => reconnectSession(ctx, id, { token, server }),
});

const renewSessionTool = defineTool({
  name: "renew_session",
  title: "Renew an expired session",
  description:
    "Continues an expired session under a new id: same server, client, labels and timeouts, without its state and messages. A session has one successor: asking again returns the same one. With a reconnect token use reconnect_session instead, which keeps everything.",
  input: z.strictObject({
    session_id: SessionId,
    new_session_id: SessionId.optional().meta({ description: "Id of the successor; minted when absent." }),
  }),
  output: RenewedSession.extend({
    created: z.boolean().meta({ description: "False when it had this successor already." }),
  }).meta({}),
  hints: { repeatable: true },
  run: async (ctx, { session_id: id, new_session_id: newId }) => {
    const { renewed, isNew } = await renewSession(ctx, id, { id: newId });
    return { ...renewed, created: isNew };
  },
});

const terminateSessionTool = defineTool({
  name: "terminate_session",
  title: "Terminate a session",
  description:
    "Ends a session for good, as an operator: it cannot be reconnected or renewed, and its MCP server is told to close it. Call it with dry_run first, and show the person what would be ended; terminate only what was asked for.",
  input: z.strictObject({
    session_id: SessionId,
    reason: EndReasonText.optional(),
    dry_run: z.boolean().default(false).meta({ description: "Only say what would happen; change nothing." }),
  }),
  output: z.strictObject({
    dryRun: z.boolean(),
    terminated: z.boolean().meta({ description: "Whether the session is terminated now; false in a dry run." }),
    session: Session.meta({ description: "The session as it is now." }),
  }),
  hints: { destroys: true },
  run: async (ctx, { session_id: id, reason, dry_run: dryRun }) => {
    if (dryRun) return { dryRun, terminated: false, session: await previewEnd(ctx, id) };
    return { dryRun, terminated: true, session: await endSession(ctx, { id }, { as: "terminated", reason }) };
  },
});

export const lifecycleTools = [reconnectSessionTool, renewSessionTool, terminateSessionTool];
