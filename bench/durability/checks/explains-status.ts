import { ACTIVE, type Facts, IDLE, LOST, SHUT_DOWN } from "../facts";

type Standing = Pick<Facts, "status" | "endReason" | "endDetail">;

/** Whether the acknowledged status explains the one found: it is the same, or the registry may have changed it itself. */
export function explainsStatus(facts: Facts, found: Standing, isShortLived: boolean): boolean {
  if (isSame(facts, found)) return true;
  const { boot } = facts;
  const mayBeActive = facts.status === "active" || facts.endReason === "instance_lost";
  if (isSame(found, IDLE)) return isShortLived && (mayBeActive || facts.endReason === "server_shutdown");
  if (isSame(found, LOST)) return mayBeActive && (boot?.isFickle === true || boot?.sent === "superseded");
  if (isSame(found, SHUT_DOWN)) return facts.status === "active" && boot?.sent === "stopped";
  // Its process has come back.
  return isSame(found, ACTIVE) && isSame(facts, LOST) && boot?.isFickle === true && boot.status === "alive";
}

function isSame(one: Standing, other: Standing): boolean {
  return one.status === other.status && one.endReason === other.endReason && one.endDetail === other.endDetail;
}
