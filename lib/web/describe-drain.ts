import type { Instance } from "@/lib/contract/instances";
import { formatSpan } from "./format-duration";

type Drain = NonNullable<Instance["drain"]>;

/** By when a drained instance is to be free, as seen from `now` by the registry's clock. */
export function describeDrain({ deadlineAt }: Drain, now: number): string {
  if (deadlineAt === null) return "no deadline set";
  const leftMs = Date.parse(deadlineAt) - now;
  if (leftMs >= 1_000) return `due in ${formatSpan(leftMs)}`;
  return leftMs > -1_000 ? "due now" : `due since ${formatSpan(-leftMs)}`;
}
