/** Tells a model at the start of a conversation what this server is for and how its tools go together. */
export const INSTRUCTIONS = `Holdfast keeps the sessions of MCP servers: their state, their messages, and what became of them.

- A session has an id. Get it from create_session or list_sessions, keep it, and pass it as session_id.
- An active session expires when nothing happens in it for its idle timeout. update_session_state and append_messages count as activity; reading never does.
- Statuses: active; disconnected (lost its server, can be taken up again for a while); expired; closed and terminated (final).
- A write to an expired session fails and names a successor as newSessionId: repeat the call with that id. State and messages are not copied; get_session still reads those of the old session.
- With a reconnect token, reconnect_session brings a disconnected or expired session back with everything in it. Each token works once: keep the one in the answer.
- Before you guess why a session ended, call explain_session.
- terminate_session is final. Call it with dry_run first, and only for sessions that a person asked you to end.
- A failed call has isError, and in its structured content an error with code, message and nextStep. Follow nextStep.`;
