/** Every way a request can fail, as a closed set: the wire's `code`. */
export const ERROR_CODES = [
  "invalid_json",
  "invalid_request",
  "invalid_cursor",
  "payload_too_large",
  "headers_too_large",
  "malformed_request",
  "request_timeout",
  "unsupported_media_type",
  "method_not_allowed",
  "route_not_found",
  "host_not_allowed",
  "cross_origin_request",
  "session_not_found",
  "session_exists",
  "session_active",
  "session_gone",
  "session_expired",
  "session_disconnected",
  "session_fenced",
  "session_owned",
  "session_superseded",
  "instance_not_found",
  "instance_exists",
  "instance_superseded",
  "instance_draining",
  "token_invalid",
  "token_expired",
  "token_wrong_type",
  "token_wrong_session",
  "token_revoked",
  "token_reused",
  "wrong_server",
  "termination_not_found",
  "termination_expired",
  "termination_not_confirmed",
  "termination_cancelled",
  "too_many_terminations",
  "idempotency_key_reused",
  "too_many_labels",
  "precondition_failed",
  "state_too_large",
  "message_id_reused",
  "too_many_messages",
  "too_many_viewers",
  "storage_busy",
  "storage_full",
  "storage_unavailable",
  "shutting_down",
  "internal_error",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

const BRAND = "HoldfastError";

/** The one error that verbs and the store throw on purpose. Match on `code`: copies of this class exist per bundle. */
export class HoldfastError extends Error {
  override readonly name = BRAND;
  readonly code: ErrorCode;
  /** Fields of the problem document besides the standard ones. */
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    detail: string,
    { cause, ...fields }: { cause?: unknown; [field: string]: unknown } = {},
  ) {
    super(detail, cause === undefined ? undefined : { cause });
    this.code = code;
    this.fields = fields;
  }
}

/** True for a HoldfastError of any bundle's copy of the class. */
export function isHoldfastError(error: unknown): error is HoldfastError {
  return error instanceof Error && error.name === BRAND && "code" in error;
}
