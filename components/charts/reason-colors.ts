import type { EndReason } from "@/lib/domain/session";
import { describeEndReason, type EndFamily, END_REASON_ORDER } from "@/lib/web/describe-end-reason";

const FAMILY_COLORS: Record<EndFamily, string> = {
  finished: "var(--quiet-fill)",
  timeout: "var(--warn-fill)",
  lost: "var(--bad-fill)",
  forced: "var(--forced-fill)",
};
const SHADES = [100, 72, 50, 34];

/** One hue per family of reasons, one shade per reason, the same wherever the reason is drawn. */
export function reasonColor(reason: EndReason): string {
  const { family } = describeEndReason(reason);
  const siblings = END_REASON_ORDER.filter((candidate) => describeEndReason(candidate).family === family);
  const shade = SHADES[siblings.indexOf(reason)] ?? 100;
  return `color-mix(in srgb, ${FAMILY_COLORS[family]} ${String(shade)}%, var(--surface))`;
}
