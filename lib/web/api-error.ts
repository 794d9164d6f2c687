import type { Problem } from "@/lib/contract/problem";

export type ApiErrorKind = "problem" | "unreachable" | "timeout" | "unexpected";

interface ApiErrorFacts {
  kind: ApiErrorKind;
  title: string;
  detail: string;
  hint?: string | undefined;
  problem?: Problem | undefined;
  cause?: unknown;
}

/** Why a call to the registry failed, in words an operator can act on. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly kind: ApiErrorKind;
  readonly title: string;
  readonly detail: string;
  readonly hint: string | null;
  /** The registry's own account; null when no readable answer arrived. */
  readonly problem: Problem | null;

  constructor({ kind, title, detail, hint, problem, cause }: ApiErrorFacts) {
    super(`${title}: ${detail}`, cause === undefined ? undefined : { cause });
    this.kind = kind;
    this.title = title;
    this.detail = detail;
    this.hint = hint ?? null;
    this.problem = problem ?? null;
  }
}

export function problemError(problem: Problem): ApiError {
  return new ApiError({ kind: "problem", title: problem.title, detail: problem.detail, hint: problem.hint, problem });
}

export function unreachableError(cause: unknown): ApiError {
  return new ApiError({
    kind: "unreachable",
    title: "Holdfast cannot be reached",
    detail: "The request got no answer. The server may be stopped or the network down.",
    hint: "Check that the Holdfast process is running.",
    cause,
  });
}

export function timeoutError(timeoutMs: number, cause: unknown): ApiError {
  return new ApiError({
    kind: "timeout",
    title: "Holdfast did not answer in time",
    detail: `No answer within ${String(timeoutMs / 1000)} s. The request may still have been carried out.`,
    cause,
  });
}

export function unexpectedAnswerError(detail: string, cause?: unknown): ApiError {
  return new ApiError({
    kind: "unexpected",
    title: "Holdfast gave an answer this page does not understand",
    detail,
    hint: "Reload the page: Holdfast may have been updated since it was opened.",
    cause,
  });
}
