import { CircleCheck, CircleSlash, Hourglass, Replace, Unplug } from "lucide-react";
import type { Instance } from "@/lib/contract/instances";
import type { InstanceStatus } from "@/lib/domain/instance";
import type { Looks } from "@/components/sessions/status-looks";

/** Every state has a word and an icon besides its colour. */
const INSTANCE_LOOKS: Record<InstanceStatus, Looks> = {
  alive: { label: "Alive", tone: "good", Icon: CircleCheck },
  lost: { label: "Lost", tone: "bad", Icon: Unplug },
  stopped: { label: "Stopped", tone: "quiet", Icon: CircleSlash },
  superseded: { label: "Replaced", tone: "quiet", Icon: Replace },
};

const DRAINING: Looks = { label: "Draining", tone: "accent", Icon: Hourglass };

export function instanceLooks({ status, drain }: Pick<Instance, "status" | "drain">): Looks {
  return status === "alive" && drain !== null ? DRAINING : INSTANCE_LOOKS[status];
}
