import { formatDuration } from "./format-duration";
import type { CommandAnswer } from "./prepare-termination";

/** A command's answer: `acknowledged by pid 4121 in 240 ms`. */
export function describeAnswer({ outcome, elapsedMs, ...from }: CommandAnswer): string {
  const after = typeof elapsedMs === "number" ? formatDuration(elapsedMs) : null;
  switch (outcome) {
    case "done":
      return `acknowledged by ${nameOf(from)}${after === null ? "" : ` in ${after}`}`;
    case "unknown_session":
      return `${nameOf(from)} had no such session${after === null ? "" : `, as it said after ${after}`}`;
    case "failed":
      return `${nameOf(from)} could not carry it out${after === null ? "" : `, as it said after ${after}`}: refused at its next use`;
  }
}

function nameOf({ pid, instanceId }: Pick<CommandAnswer, "pid" | "instanceId">): string {
  if (typeof pid === "number") return `pid ${String(pid)}`;
  return instanceId ?? "its server";
}
