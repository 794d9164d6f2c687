import type { ErrorCode } from "@/lib/domain/errors";

export interface ProblemKind {
  status: number;
  title: string;
  hint?: string;
  /** Seconds after which a retry makes sense. */
  retryAfter?: number;
}

/** The one table from code to status, title and hint. */
export const PROBLEMS: Readonly<Record<ErrorCode, ProblemKind>> = {
  invalid_json: { status: 400, title: "The body is not valid JSON", hint: "Send one JSON object, encoded as UTF-8." },
  invalid_request: {
    status: 400,
    title: "The request is not valid",
    hint: "See `errors` for each field that is wrong.",
  },
  invalid_cursor: { status: 400, title: "The cursor is not valid", hint: "Repeat the request without `cursor`." },
  payload_too_large: { status: 413, title: "The body is too large", hint: "Send at most 256 KiB." },
  headers_too_large: { status: 431, title: "The request's headers are too large" },
  malformed_request: { status: 400, title: "The request is not valid HTTP" },
  request_timeout: { status: 408, title: "The request took too long to arrive" },
  unsupported_media_type: {
    status: 415,
    title: "The content type is not supported",
    hint: "Send `Content-Type: application/json`.",
  },
  method_not_allowed: { status: 405, title: "The method is not allowed here", hint: "See the `Allow` header." },
  route_not_found: { status: 404, title: "There is no such route", hint: "See /docs for all routes." },
  host_not_allowed: {
    status: 421,
    title: "The host name is not served here",
    hint: "Add the name to HOLDFAST_ALLOWED_HOSTS if it is meant to reach this server.",
  },
  cross_origin_request: { status: 403, title: "Another site's page may not change anything here" },
  session_not_found: {
    status: 404,
    title: "There is no such session",
    hint: "Register it with POST /api/mcp/sessions.",
  },
  session_exists: {
    status: 409,
    title: "The session exists already",
    hint: "Read it at `existing`, or register another id.",
  },
  session_active: { status: 409, title: "The session is active", hint: "Only an expired session can be renewed." },
  session_gone: {
    status: 410,
    title: "The session has ended for good",
    hint: "Close it on the server; its client has to start a new one.",
  },
  session_expired: {
    status: 410,
    title: "The session has expired",
    hint: "Continue under a new id with POST …/renew, or bring it back with its reconnect token.",
  },
  session_disconnected: {
    status: 409,
    title: "The session has lost its server",
    hint: "Claim it with POST …/claim, or redeem its reconnect token with POST …/reconnect.",
  },
  session_fenced: {
    status: 409,
    title: "The session has been taken up since",
    hint: "Go on with `epoch` if `instanceId` is still yours, as after its client came back with a token; else drop the session.",
  },
  session_owned: {
    status: 409,
    title: "A living instance owns the session",
    hint: "It can be claimed once that instance has lost its lease or has disconnected it.",
  },
  session_superseded: {
    status: 409,
    title: "The session has a successor",
    hint: "Use the session named by `newSessionId`.",
  },
  instance_not_found: {
    status: 404,
    title: "There is no such instance",
    hint: "Register it with PUT /api/mcp/instances/{id}.",
  },
  instance_exists: {
    status: 409,
    title: "The instance belongs to another server",
    hint: "Choose another instance id: a living process of another server has this one.",
  },
  instance_superseded: {
    status: 409,
    title: "This boot is no longer the instance",
    hint: "Register with a new bootId, and claim the sessions that you still serve.",
  },
  instance_draining: {
    status: 409,
    title: "The instance takes no new sessions",
    hint: "It is being drained; use another instance, or end the drain.",
  },
  token_invalid: { status: 401, title: "The reconnect token is not valid" },
  token_expired: { status: 401, title: "The reconnect token has expired" },
  token_wrong_type: { status: 401, title: "This is not a reconnect token" },
  token_wrong_session: { status: 401, title: "The reconnect token is not for this session" },
  token_revoked: { status: 401, title: "The reconnect token has been revoked" },
  token_reused: {
    status: 401,
    title: "The reconnect token was used before",
    hint: "A used token that comes back may be stolen: its session has been terminated.",
  },
  wrong_server: { status: 403, title: "The session belongs to another server" },
  termination_not_found: {
    status: 404,
    title: "There is no such termination",
    hint: "Plans are kept in memory: a restart or newer plans may have pushed it out. Make a new one.",
  },
  termination_expired: {
    status: 410,
    title: "The plan has expired",
    hint: "Make a new one: the sessions may have changed since.",
  },
  termination_not_confirmed: {
    status: 422,
    title: "The number of sessions is not confirmed",
    hint: "Send the plan's `count` as `confirm`.",
  },
  termination_cancelled: {
    status: 409,
    title: "The termination has been cancelled",
    hint: "Make a new plan for the sessions that are left.",
  },
  too_many_terminations: {
    status: 409,
    title: "Two terminations are running already",
    hint: "Wait for one of them, or cancel it.",
  },
  idempotency_key_reused: {
    status: 422,
    title: "The Idempotency-Key belongs to another request",
    hint: "Use a new key for a new request.",
  },
  too_many_labels: {
    status: 422,
    title: "The session would have too many labels",
    hint: "Remove labels by setting them to null.",
  },
  precondition_failed: {
    status: 412,
    title: "The state has changed meanwhile",
    hint: "Read it again and repeat the change on its new version.",
  },
  state_too_large: { status: 413, title: "The state would be too large", hint: "A state has at most 256 KiB." },
  message_id_reused: {
    status: 409,
    title: "The message id belongs to another message",
    hint: "Use a new id for a new message.",
  },
  too_many_messages: {
    status: 422,
    title: "The session has too many messages",
    hint: "A session holds at most 10,000 messages.",
  },
  too_many_viewers: {
    status: 503,
    title: "Too many viewers are connected",
    hint: "Poll instead, or raise HOLDFAST_MAX_VIEWERS.",
    retryAfter: 10,
  },
  storage_busy: { status: 503, title: "The database is busy", hint: "Nothing was written; try again.", retryAfter: 1 },
  storage_full: {
    status: 507,
    title: "The storage is full",
    hint: "Nothing was written; free space on the disk.",
    retryAfter: 10,
  },
  storage_unavailable: {
    status: 503,
    title: "The storage is unavailable",
    hint: "Nothing was written; see the server's log.",
    retryAfter: 5,
  },
  shutting_down: { status: 503, title: "Holdfast is shutting down", hint: "Try again once it is back.", retryAfter: 2 },
  internal_error: {
    status: 500,
    title: "Something went wrong in Holdfast",
    hint: "The server's log has the cause under this request id.",
  },
};
