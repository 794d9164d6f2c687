import type { HistoryRange } from "@/lib/domain/projection/history-range";

export const queryKeys = {
  health: () => ["sessions", "health"] as const,
  history: (range: HistoryRange) => ["sessions", "history", range] as const,
  allHistory: () => ["sessions", "history"] as const,
  session: (id: string) => ["sessions", "detail", id] as const,
  events: (id: string) => ["sessions", "events", id] as const,
  /** Of one end: a session that is taken up again may come to another. */
  explanation: (id: string, endedAt: string | null) => ["sessions", "explanation", id, endedAt] as const,
  explanations: (id: string) => ["sessions", "explanation", id] as const,
  state: (id: string) => ["sessions", "state", id] as const,
  messages: (id: string) => ["sessions", "messages", id] as const,
  servers: () => ["instances", "servers"] as const,
  instance: (id: string) => ["instances", "detail", id] as const,
  /** Everything that tells of server processes. */
  allInstances: () => ["instances"] as const,
  /** Everything that tells of sessions. */
  all: () => ["sessions"] as const,
};
