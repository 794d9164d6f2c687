import type { EndReason } from "@/lib/domain/session";

/** What brought sessions to an end, coarsely: the colour families of the charts. */
export type EndFamily = "finished" | "timeout" | "lost" | "forced";

export interface EndReasonWords {
  label: string;
  sentence: string;
  family: EndFamily;
}

const WORDS: Record<EndReason, EndReasonWords> = {
  client_closed: { family: "finished", label: "Client closed", sentence: "The client ended the session." },
  server_closed: { family: "finished", label: "Server closed", sentence: "The MCP server ended the session." },
  superseded: { family: "finished", label: "Superseded", sentence: "A successor took over from this session." },
  idle_timeout: {
    family: "timeout",
    label: "Idle timeout",
    sentence: "No client request arrived within the session's idle timeout.",
  },
  lifetime_exceeded: {
    family: "timeout",
    label: "Lifetime exceeded",
    sentence: "The session reached the longest lifetime it was allowed.",
  },
  recovery_window_over: {
    family: "timeout",
    label: "Recovery window over",
    sentence: "Nobody reconnected to the session in time after it was disconnected.",
  },
  instance_lost: {
    family: "lost",
    label: "Instance lost",
    sentence: "The server process that held the session stopped reporting.",
  },
  transport_lost: { family: "lost", label: "Transport lost", sentence: "The connection to the client broke." },
  server_shutdown: {
    family: "lost",
    label: "Server shutdown",
    sentence: "The server process that held the session shut down in good order.",
  },
  unknown: { family: "lost", label: "Unknown", sentence: "The reporter gave no reason." },
  operator_terminated: {
    family: "forced",
    label: "Operator terminated",
    sentence: "An operator ended the session by hand.",
  },
  token_reuse: {
    family: "forced",
    label: "Token reuse",
    sentence: "A reconnect token was used twice, which points to a stolen token.",
  },
  capacity_evicted: {
    family: "forced",
    label: "Capacity evicted",
    sentence: "The session made room for others when capacity ran out.",
  },
};

export function describeEndReason(reason: EndReason): EndReasonWords {
  return WORDS[reason];
}

/** The order in which reasons are listed and stacked: families together. */
export const END_REASON_ORDER = [
  ...["client_closed", "server_closed", "superseded"],
  ...["idle_timeout", "lifetime_exceeded", "recovery_window_over"],
  ...["instance_lost", "transport_lost", "server_shutdown", "unknown"],
  ...["operator_terminated", "token_reuse", "capacity_evicted"],
] as const satisfies readonly EndReason[];
