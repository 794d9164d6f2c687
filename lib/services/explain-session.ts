import type { SessionExplanation } from "@/lib/contract/explanation";
import { explainSession as explain } from "@/lib/domain/explain-session";
import { viewSession } from "@/lib/domain/session-view";
import type { ServiceContext } from "./context";
import { isoTime } from "./present-session";
import { requireSession } from "./require-session";

/**
 * Says why a session is as it is, with the evidence. Reads only.
 * @throws session_not_found
 */
export async function explainSession(ctx: ServiceContext, id: string): Promise<SessionExplanation> {
  const record = await requireSession(ctx, id);
  const { instancePk, activity } = record;
  const [disconnected, instance] = await Promise.all([
    activity.disconnectedAt === null ? null : ctx.store.findLastEvent(id, ["disconnected"]),
    instancePk === null ? null : ctx.store.instances.findInstanceByPk(instancePk),
  ]);
  const now = ctx.clock.now();
  const view = viewSession(record, now, ctx.policy.thresholds);
  const { sentence, evidence } = explain({ record, view, now, disconnected, instance });
  return {
    status: view.status,
    sentence,
    evidence: evidence.map((item) => ({ ...item, at: item.at === null ? null : isoTime(item.at) })),
  };
}
