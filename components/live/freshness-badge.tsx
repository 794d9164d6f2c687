"use client";

import { Clock, LoaderCircle, type LucideIcon, RadioTower, TriangleAlert } from "lucide-react";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { formatSpan } from "@/lib/web/format-duration";
import { formatClock } from "@/lib/web/format-time";
import { pollingInterval } from "@/lib/web/polling-interval";
import { type Freshness, prepareFreshness } from "@/lib/web/prepare-freshness";
import { useNow } from "@/lib/web/use-now";
import { usePageVisible } from "@/lib/web/use-page-visible";
import { useTimeZone } from "@/lib/web/use-time-zone";

interface FreshnessBadgeProps {
  /** Epoch milliseconds of the last good answer; 0 when there was none. */
  dataUpdatedAt: number;
  hasFailed: boolean;
}

const LOOKS: Record<Freshness["state"], { tone: BadgeTone; Icon: LucideIcon }> = {
  loading: { tone: "quiet", Icon: LoaderCircle },
  failed: { tone: "bad", Icon: TriangleAlert },
  fresh: { tone: "good", Icon: RadioTower },
  late: { tone: "warn", Icon: Clock },
  stale: { tone: "bad", Icon: TriangleAlert },
};

/** How old the data on screen is, and how often it is renewed. */
export function FreshnessBadge({ dataUpdatedAt, hasFailed }: FreshnessBadgeProps) {
  const now = useNow();
  const timeZone = useTimeZone();
  const isVisible = usePageVisible();
  const intervalMs = pollingInterval(isVisible);
  const freshness = prepareFreshness({ dataUpdatedAt, hasFailed, intervalMs, now });
  const { tone, Icon } = LOOKS[freshness.state];
  return (
    <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-xs text-ink-soft">
      <Badge tone={tone} data-freshness={freshness.state}>
        <Icon aria-hidden="true" />
        {describe(freshness, timeZone)}
      </Badge>
      <span>
        every {intervalMs / 1000} s{!isVisible && " while hidden"}
      </span>
    </p>
  );
}

function describe(freshness: Freshness, timeZone: string): string {
  switch (freshness.state) {
    case "loading":
      return "Loading…";
    case "failed":
      return "No data — retrying";
    case "fresh":
      return freshness.ageMs < 1_000 ? "Updated just now" : `Updated ${formatSpan(freshness.ageMs)} ago`;
    case "late":
      return `Not updated for ${formatSpan(freshness.ageMs)}`;
    case "stale":
      return `Stale since ${formatClock(freshness.since, timeZone)} — retrying`;
  }
}
