import type { EndReason, SessionStatus } from "./session";

/** Statuses from which nothing leads back: later use answers 410. */
export const FINAL_STATUSES = ["closed", "terminated"] as const satisfies SessionStatus[];

export function isFinal(status: SessionStatus): boolean {
  return status === "closed" || status === "terminated";
}

/** Statuses with a deadline: in use, or waiting to be taken up again. */
export function isOpen(status: SessionStatus): boolean {
  return status === "active" || status === "disconnected";
}

/** Why a session loses its server without ending. */
export const DISCONNECT_REASONS = ["instance_lost", "transport_lost", "server_shutdown"] as const satisfies EndReason[];
export type DisconnectReason = (typeof DISCONNECT_REASONS)[number];

/** How a session can be ended on request, with the status it gets and the reasons that may be recorded. */
export type EndAs = "closed" | "terminated";

export const REASONS_OF_END: Record<EndAs, readonly [EndReason, ...EndReason[]]> = {
  closed: ["client_closed", "server_closed"],
  terminated: ["operator_terminated", "token_reuse", "capacity_evicted"],
};
