import type { KnownBoot } from "../known-boot";
import type { FoundBoot } from "../snapshot";

/** What is wrong with one start of a server process: its end, or a lease shorter than the acknowledged one. */
export function checkBoot(boot: KnownBoot, found: FoundBoot | undefined): string[] {
  const { bootId, status, sent, isFickle, leaseExpiresAt } = boot;
  if (!found) return status === null ? [] : [`${bootId}: the acknowledged registration is missing`];
  if (found.status === "lost") return isFickle ? [] : [`${bootId}: lost its lease long before its end`];
  if (found.status !== status && found.status !== sent) {
    return [`${bootId}: is ${found.status}, but ${String(status)} was acknowledged`];
  }
  const isShortened = found.status === "alive" && Number(found.leaseExpiresAt) < leaseExpiresAt;
  return isShortened ? [`${bootId}: its lease ends earlier than was acknowledged`] : [];
}
