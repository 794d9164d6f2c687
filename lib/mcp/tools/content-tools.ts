import { z } from "zod";
import { AppendedMessages, MAX_MESSAGES_PER_REQUEST, NewMessage } from "@/lib/contract/messages";
import { count, SessionId } from "@/lib/contract/primitives";
import { SessionState, StatePatch } from "@/lib/contract/state";
import { appendMessages } from "@/lib/services/append-messages";
import { recordHeartbeat } from "@/lib/services/record-heartbeats";
import { writeState } from "@/lib/services/write-state";
import { defineTool } from "../define-tool";
import { renewedWhenExpired } from "../renewed-when-expired";

const EXPIRED =
  " If the session has expired, nothing is written: the call fails and names a successor as newSessionId, to which neither state nor messages were copied; repeat the call with that id.";

const updateSessionStateTool = defineTool({
  name: "update_session_state",
  title: "Update a session's state",
  description: `Changes the JSON state of an active session, and returns it as it is then. By default \`state\` is merged into it (RFC 7396: members replace or are merged, null removes a member); with mode "replace" it becomes the whole state. Counts as activity.${EXPIRED}`,
  input: z.strictObject({
    session_id: SessionId,
    state: StatePatch,
    mode: z.enum(["merge", "replace"]).default("merge"),
    if_version: count()
      .optional()
      .meta({ description: "Write only while the state has this version (session.stateVersion); refused otherwise." }),
  }),
  output: z.strictObject({
    sessionId: SessionId,
    version: count().meta({ description: "The state's version now; every write raises it." }),
    state: SessionState,
  }),
  hints: { destroys: true, repeatable: true },
  run: (ctx, { session_id: id, state: document, mode, if_version: ifVersion = null }) =>
    renewedWhenExpired(ctx, id, async () => {
      const { version, state } = await writeState(ctx, { id, mode, document, ifVersion });
      // The call is a client's request, and so keeps the session from expiring.
      await recordHeartbeat(ctx, id, { idleMs: 0, requests: 1, acks: [] });
      return { sessionId: id, version, state };
    }),
});

const appendMessagesTool = defineTool({
  name: "append_messages",
  title: "Append messages to a session",
  description: `Appends messages to the context of an active session, in order, all or none. They are numbered by the session and never change. Counts as activity.${EXPIRED}`,
  input: z.strictObject({
    session_id: SessionId,
    messages: z.array(NewMessage).min(1).max(MAX_MESSAGES_PER_REQUEST),
  }),
  output: AppendedMessages,
  hints: {},
  run: (ctx, { session_id: id, messages }) =>
    renewedWhenExpired(ctx, id, () => appendMessages(ctx, { id }, { messages })),
});

export const contentTools = [updateSessionStateTool, appendMessagesTool];
