import type { Termination } from "@/lib/contract/termination-jobs";
import type { BookEntry, TerminationBook } from "@/lib/domain/termination-book";

/** What a plan shows besides its account. */
export interface PlanDetails extends Pick<
  Termination,
  "filter" | "byStatus" | "byServer" | "otherServers" | "sample" | "excluded"
> {
  /** How far the log has been read for what the MCP servers answered, and when its end was last reached. */
  readUpTo: { seq: number; at: number | null };
}

export type TerminationEntry = BookEntry<PlanDetails>;
/** Plans and running terminations of many sessions, in memory. */
export type Terminations = TerminationBook<PlanDetails>;
