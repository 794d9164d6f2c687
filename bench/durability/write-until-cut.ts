import { acts } from "./acts";
import { actionAt } from "./actions";
import type { Writer } from "./writer";

/** Does one thing after the other until the registry is gone. */
export async function writeUntilCut(writer: Writer): Promise<void> {
  try {
    for (;;) {
      const act = acts[actionAt(writer.random.fraction())];
      if (!(await act(writer))) await acts.create(writer);
    }
  } catch (error) {
    if (!writer.isCut) throw error;
    writer.ledger.unanswered += 1;
  }
}
