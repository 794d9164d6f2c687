import type { SessionHealth } from "@/lib/domain/health";
import type { EndReason } from "@/lib/domain/session";
import { describeEndReason, type EndFamily, END_REASON_ORDER } from "@/lib/web/describe-end-reason";

export type PatternKind = "solid" | "stripes" | "cross" | "dots";

/** How something is filled: its colour, the texture over it in a colour of its own, and an edge that stands out. */
export interface Fill {
  colour: string;
  mark: string;
  edge: string;
  kind: PatternKind;
}

const FAMILIES: Record<EndFamily, { tone: string; kind: PatternKind }> = {
  finished: { tone: "quiet", kind: "solid" },
  timeout: { tone: "warn", kind: "stripes" },
  lost: { tone: "bad", kind: "cross" },
  forced: { tone: "forced", kind: "dots" },
};
const SHADES = [100, 72, 50, 34];

export const ACTIVE_FILL: Fill = fillOf("accent", "solid");
export const STARTED_FILL: Fill = fillOf("started", "solid");

export const AGE_FILLS: Record<SessionHealth, Fill> = {
  healthy: fillOf("good", "solid"),
  aging: fillOf("warn", "stripes"),
  stale: fillOf("bad", "cross"),
};

/** One hue and texture per family of reasons, one shade per reason, the same wherever the reason is drawn. */
export function reasonFill(reason: EndReason): Fill {
  const { family } = describeEndReason(reason);
  const siblings = END_REASON_ORDER.filter((candidate) => describeEndReason(candidate).family === family);
  const { tone, kind } = FAMILIES[family];
  return fillOf(tone, kind, SHADES[siblings.indexOf(reason)]);
}

function fillOf(tone: string, kind: PatternKind, shade = 100): Fill {
  const base = tone === "accent" ? "var(--accent)" : `var(--${tone}-fill)`;
  return {
    colour: `color-mix(in srgb, ${base} ${String(shade)}%, var(--surface))`,
    mark: `color-mix(in oklch, ${base} 35%, var(--texture))`,
    edge: `color-mix(in oklch, ${base} 55%, var(--ink))`,
    kind,
  };
}
