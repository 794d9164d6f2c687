import type { ApiError } from "@/lib/web/api-error";

const OVER = new Set<string | undefined>(["session_gone", "session_expired", "session_not_found"]);

/** Whether there is nothing left to terminate: trying again cannot help. */
export function hasEndedAlready({ problem }: ApiError): boolean {
  return OVER.has(problem?.code);
}
