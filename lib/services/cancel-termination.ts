import type { Termination } from "@/lib/contract/termination-jobs";
import type { ServiceContext } from "./context";
import { presentTermination } from "./present-termination";
import { requireTermination } from "./require-termination";

/**
 * Stops a job between two sessions, or drops a plan. What has been ended stays ended; one that is over stays as it is.
 * @throws termination_not_found
 */
export function cancelTermination(ctx: ServiceContext, id: string): Termination {
  const entry = requireTermination(ctx, id);
  const now = ctx.clock.now();
  if (entry.job.stateAt(now) !== "expired") entry.job.stop("operator", now);
  return presentTermination(entry, now);
}
