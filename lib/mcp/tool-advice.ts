import type { ErrorCode } from "@/lib/domain/errors";

const START_OVER = "Make a new one with create_session; explain_session says what became of this one.";
const NO_TOKEN =
  "Without a good token the session can only be continued under a new id: renew_session, once it has expired.";

/** What a model that holds only these tools can do about an error. */
const ADVICE: Partial<Record<ErrorCode, string>> = {
  invalid_request: "Correct the arguments that `details.errors` names, and call again.",
  invalid_cursor: "Call again without `cursor`, with the same sort and order on every page.",
  session_not_found: "Find the id with list_sessions, or make a session with create_session.",
  session_exists: "Use the session that has the id, or choose another id.",
  session_active: "Use the session as it is: nothing has to be renewed.",
  session_gone: `The end is final. ${START_OVER}`,
  session_expired:
    "If you hold its reconnect token, call reconnect_session; otherwise renew_session makes a successor under a new id.",
  session_disconnected:
    "Call reconnect_session with its reconnect token, or wait until its MCP server takes it up again (get_session says until when it can).",
  session_superseded: "Use the session named by `newSessionId` instead.",
  session_fenced: "Another owner has taken the session over: stop writing to it.",
  token_invalid: `Check that the token is complete and is the latest that was issued. ${NO_TOKEN}`,
  token_expired: NO_TOKEN,
  token_wrong_type: "Pass the reconnect token that was issued for this session, not another credential.",
  token_wrong_session: "Pass the token together with the session_id that it was issued for.",
  token_revoked: NO_TOKEN,
  token_reused: `A used token that comes back may be stolen, so the session was terminated. ${START_OVER}`,
  wrong_server: "Only the MCP server that owns the session may take it up.",
  idempotency_key_reused: "Use a new idempotency_key for a new request.",
  too_many_labels: "Pass fewer labels.",
  precondition_failed:
    "Read the state with get_session (include_state), and repeat the change with the version that it has now.",
  state_too_large: "Keep less in the state: remove members by merging null, or move text into messages.",
  message_id_reused: "Give every new message a new id; a retry must send the same message.",
  too_many_messages: "Continue in a new session.",
  storage_busy: "Nothing was written; call again.",
  storage_full: "Nothing was written; an operator has to free disk space first.",
  storage_unavailable: "Nothing was written; tell an operator, and try again later.",
  shutting_down: "Call again once Holdfast is back.",
  internal_error: "Tell an operator the `details.requestId`: the cause is in the server's log.",
};

export function adviceFor(code: ErrorCode): string {
  return ADVICE[code] ?? "Do not repeat the call as it is.";
}
