import {
  CircleCheck,
  CircleSlash,
  Clock,
  type LucideIcon,
  OctagonX,
  TimerOff,
  TriangleAlert,
  Unplug,
} from "lucide-react";
import type { BadgeTone } from "@/components/ui/badge";
import type { SessionHealth } from "@/lib/domain/health";
import type { SessionStatus } from "@/lib/domain/session";

export interface Looks {
  label: string;
  tone: BadgeTone;
  Icon: LucideIcon;
}

/** Every state has a word and an icon besides its colour. */
export const STATUS_LOOKS: Record<SessionStatus, Looks> = {
  active: { label: "Active", tone: "good", Icon: CircleCheck },
  disconnected: { label: "Disconnected", tone: "warn", Icon: Unplug },
  expired: { label: "Expired", tone: "quiet", Icon: TimerOff },
  closed: { label: "Closed", tone: "quiet", Icon: CircleSlash },
  terminated: { label: "Terminated", tone: "quiet", Icon: OctagonX },
};

export const HEALTH_LOOKS: Record<SessionHealth, Looks & { fill: string }> = {
  healthy: { label: "Healthy", tone: "good", Icon: CircleCheck, fill: "bg-good-fill" },
  aging: { label: "Aging", tone: "warn", Icon: Clock, fill: "bg-warn-fill" },
  stale: { label: "Stale", tone: "bad", Icon: TriangleAlert, fill: "bg-bad-fill" },
};
