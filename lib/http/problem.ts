import type { Problem } from "@/lib/contract/problem";
import { HoldfastError, isHoldfastError } from "@/lib/domain/errors";
import { PROBLEMS } from "./problem-table";

/** The RFC 9457 document for an error; of one that nobody foresaw it reveals nothing but the request id. */
export function toProblem(error: unknown, requestId: string): Problem {
  const known = isHoldfastError(error) ? error : new HoldfastError("internal_error", "An unexpected error occurred.");
  const { status, title, hint } = PROBLEMS[known.code];
  return {
    type: `/problems/${known.code.replaceAll("_", "-")}`,
    title,
    status,
    code: known.code,
    detail: known.message,
    ...(hint !== undefined && { hint }),
    requestId,
    ...known.fields,
  };
}

export function problemResponse(error: unknown, requestId: string, headers: Record<string, string> = {}): Response {
  const problem = toProblem(error, requestId);
  const { retryAfter } = PROBLEMS[problem.code];
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      "x-request-id": requestId,
      ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
      ...headers,
    },
  });
}
