import type { EndReason, SessionStatus } from "./session";

/** Statuses from which nothing leads back: later use answers 410. */
export const FINAL_STATUSES = ["closed", "terminated"] as const satisfies SessionStatus[];

export function isFinal(status: SessionStatus): boolean {
  return status === "closed" || status === "terminated";
}

/** How a session can be ended on request, with the status it gets and the reasons that may be recorded. */
export type EndAs = "closed" | "terminated";

export const REASONS_OF_END: Record<EndAs, readonly [EndReason, ...EndReason[]]> = {
  closed: ["client_closed", "server_closed"],
  terminated: ["operator_terminated", "token_reuse", "capacity_evicted"],
};
