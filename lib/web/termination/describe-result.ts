import type { TerminationResult } from "@/lib/contract/termination-jobs";
import { describeAnswer } from "../describe-answer";
import { capitalize } from "../capitalize";
import { describeEndReason } from "../describe-end-reason";

/** What was still to be expected of a job when its results were asked for. */
export interface Outlook {
  /** Whether its turn may still come. */
  isRunning: boolean;
  /** Whether MCP servers may still be about to answer. */
  isMoving: boolean;
}

/** What became of one session: `Acknowledged by pid 4121 in 240 ms`. */
export function describeResult(result: TerminationResult, { isRunning, isMoving }: Outlook): string {
  switch (result.outcome) {
    case "queued":
      return isRunning ? "Waiting for its turn" : "Left as it was";
    case "skipped":
      return `Had ended before${result.endReason === null ? "" : `: ${describeEndReason(result.endReason).label.toLowerCase()}`}`;
    case "failed":
      return `Failed${result.code === null ? "" : `: ${result.code.replaceAll("_", " ")}`}`;
    case "ended":
      if (!result.isCommanded) return "Terminated; it had no MCP server to tell";
      if (result.answer !== null) return capitalize(describeAnswer(result.answer));
      return `No answer${isMoving ? " yet" : ""}: refused at its next use`;
  }
}
