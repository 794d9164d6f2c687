"use client";

import {
  CirclePause,
  Clock,
  LoaderCircle,
  type LucideIcon,
  Radio,
  RadioTower,
  RefreshCw,
  TriangleAlert,
} from "lucide-react";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { formatSpan } from "@/lib/web/format-duration";
import { pluralize } from "@/lib/web/format-number";
import { formatClock } from "@/lib/web/format-time";
import { pollingInterval } from "@/lib/web/polling-interval";
import { type Freshness, prepareFreshness } from "@/lib/web/prepare-freshness";
import { useIsKiosk } from "@/lib/web/use-is-kiosk";
import { useMcpWebSocket } from "@/lib/web/use-mcp-web-socket";
import { useNow } from "@/lib/web/use-now";
import { usePageVisible } from "@/lib/web/use-page-visible";
import { useTimeZone } from "@/lib/web/use-time-zone";
import { PauseButton } from "./pause-button";

interface FreshnessBadgeProps {
  /** Epoch milliseconds of the last good answer; 0 when there was none. */
  dataUpdatedAt: number;
  hasFailed: boolean;
}

const LOOKS: Record<Freshness["state"], { tone: BadgeTone; Icon: LucideIcon }> = {
  loading: { tone: "quiet", Icon: LoaderCircle },
  failed: { tone: "bad", Icon: TriangleAlert },
  connecting: { tone: "quiet", Icon: RadioTower },
  live: { tone: "good", Icon: Radio },
  polling: { tone: "good", Icon: RefreshCw },
  reconnecting: { tone: "warn", Icon: RadioTower },
  late: { tone: "warn", Icon: Clock },
  stale: { tone: "bad", Icon: TriangleAlert },
  paused: { tone: "accent", Icon: CirclePause },
};

/** How current the data on screen is, and a way to hold it. */
export function FreshnessBadge({ dataUpdatedAt, hasFailed }: FreshnessBadgeProps) {
  const now = useNow();
  const timeZone = useTimeZone();
  const isVisible = usePageVisible();
  const isKiosk = useIsKiosk();
  const live = useMcpWebSocket();
  const intervalMs = pollingInterval(isVisible);
  const freshness = prepareFreshness({ dataUpdatedAt, hasFailed, intervalMs, live, now });
  const { tone, Icon } = LOOKS[freshness.state];
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink-soft">
      <Badge tone={tone} data-freshness={freshness.state}>
        <Icon aria-hidden="true" />
        {describe(freshness, timeZone)}
      </Badge>
      {freshness.state === "polling" && <span>{describeAge(freshness.ageMs)}</span>}
      {!isKiosk && live.phase !== "off" && <PauseButton live={live} />}
    </div>
  );
}

function describe(freshness: Freshness, timeZone: string): string {
  switch (freshness.state) {
    case "loading":
      return "Loading…";
    case "failed":
      return "No data — retrying";
    case "connecting":
      return "Connecting…";
    case "live":
      return "Live";
    case "polling":
      return `Polling every ${String(freshness.intervalMs / 1_000)} s`;
    case "reconnecting":
      return freshness.inMs === null ? "Reconnecting…" : `Reconnecting in ${wholeSeconds(freshness.inMs)} s`;
    case "late":
      return `Not updated for ${formatSpan(freshness.ageMs)}`;
    case "stale":
      return `Stale since ${formatClock(freshness.since, timeZone)} — retrying`;
    case "paused":
      return freshness.waiting === 0 ? "Paused" : `Paused · ${pluralize(freshness.waiting, "update")} waiting`;
  }
}

function wholeSeconds(ms: number): string {
  return String(Math.max(1, Math.ceil(ms / 1_000)));
}

function describeAge(ageMs: number): string {
  return ageMs < 1_000 ? "updated just now" : `updated ${formatSpan(ageMs)} ago`;
}
