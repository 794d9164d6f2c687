import type { Termination } from "@/lib/contract/termination-jobs";
import type { ServiceContext } from "./context";
import { noteAnswers } from "./note-answers";
import { presentTermination } from "./present-termination";
import { requireTermination } from "./require-termination";

/**
 * A plan, or how far a job has come.
 * @throws termination_not_found
 */
export async function getTermination(ctx: ServiceContext, id: string): Promise<Termination> {
  const entry = requireTermination(ctx, id);
  await noteAnswers(ctx, entry);
  return presentTermination(entry, ctx.clock.now());
}
