import type { HistoryRange } from "@/lib/domain/projection/history";

export const queryKeys = {
  health: () => ["sessions", "health"] as const,
  history: (range: HistoryRange) => ["sessions", "history", range] as const,
  session: (id: string) => ["sessions", "detail", id] as const,
  events: (id: string) => ["sessions", "events", id] as const,
  /** Of an ended session: what is told then never changes. */
  explanation: (id: string) => ["explanation", id] as const,
  state: (id: string) => ["sessions", "state", id] as const,
  messages: (id: string) => ["sessions", "messages", id] as const,
  /** Everything that tells of sessions. */
  all: () => ["sessions"] as const,
};
