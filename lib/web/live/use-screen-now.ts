import { registryOffset } from "../registry-clock";
import { useRegistryNow } from "../use-registry-now";
import { useLive } from "./live-context";

/** The registry's time in epoch milliseconds, second by second; it stands still with the screen. */
export function useScreenNow(): number {
  const now = useRegistryNow();
  const pausedAt = useLive((live) => live.pausedAt);
  return pausedAt === null ? now : Math.min(now, pausedAt + registryOffset());
}
