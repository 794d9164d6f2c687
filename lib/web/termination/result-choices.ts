import type { Termination } from "@/lib/contract/termination-jobs";
import type { TerminationOutcome } from "@/lib/domain/termination-job";
import { formatCount } from "../format-number";

const LABELS: Record<TerminationOutcome, string> = {
  ended: "Terminated",
  skipped: "Skipped",
  failed: "Failed",
  queued: "Waiting",
};
const ORDER = ["ended", "skipped", "failed", "queued"] as const;

/** The outcomes that there are, to choose from. */
export function resultChoices({ progress, state }: Pick<Termination, "progress" | "state">) {
  const present = ORDER.filter((outcome) => progress[outcome] > 0);
  return [
    { value: "all" as const, label: "All" },
    ...present.map((value) => ({
      value,
      label: `${value === "queued" && state !== "running" ? "Left alone" : LABELS[value]} ${formatCount(progress[value])}`,
    })),
  ];
}
