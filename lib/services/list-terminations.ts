import type { TerminationList } from "@/lib/contract/termination-jobs";
import type { ServiceContext } from "./context";
import { noteAnswers } from "./note-answers";
import { isoTime } from "./present-session";
import { presentTerminationSummary } from "./present-termination";

/** Plans and jobs, latest first. */
export async function listTerminations(ctx: ServiceContext): Promise<TerminationList> {
  const entries = ctx.terminations.list();
  for (const entry of entries) await noteAnswers(ctx, entry);
  const now = ctx.clock.now();
  return {
    terminations: entries.map((entry) => presentTerminationSummary(entry, now)),
    generatedAt: isoTime(now),
  };
}
