import { HoldfastError } from "@/lib/domain/errors";
import type { ServiceContext } from "./context";
import type { TerminationEntry } from "./terminations";

/** The plan or job, or `termination_not_found`. */
export function requireTermination(ctx: ServiceContext, id: string): TerminationEntry {
  const entry = ctx.terminations.find(id);
  if (!entry)
    throw new HoldfastError("termination_not_found", "No plan and no job has this id.", { terminationId: id });
  return entry;
}
