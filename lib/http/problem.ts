import type { Problem } from "@/lib/contract/problem";
import { HoldfastError, isHoldfastError } from "@/lib/domain/errors";
import type { ApiResponse } from "./api-exchange";
import { PROBLEMS } from "./problem-table";

/** The RFC 9457 document for an error; of one that nobody foresaw it reveals nothing but the request id. */
export function toProblem(error: unknown, requestId: string): Problem {
  const known = isHoldfastError(error) ? error : new HoldfastError("internal_error", "An unexpected error occurred.");
  const { status, title, hint } = PROBLEMS[known.code];
  const standard = {
    type: `/problems/${known.code.replaceAll("_", "-")}`,
    title,
    status,
    code: known.code,
    detail: known.message,
    ...(hint !== undefined && { hint }),
    requestId,
  };
  return { ...standard, ...known.fields, ...standard };
}

export function problemResponse(error: unknown, requestId: string, headers: Record<string, string> = {}): ApiResponse {
  const problem = toProblem(error, requestId);
  const { retryAfter } = PROBLEMS[problem.code];
  return {
    status: problem.status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      "x-request-id": requestId,
      ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
      ...(problem.status === 401 && { "www-authenticate": 'Bearer error="invalid_token"' }),
      ...headers,
    },
    body: JSON.stringify(problem),
  };
}
