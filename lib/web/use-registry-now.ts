import { useSyncExternalStore } from "react";
import { registryOffset, watchRegistryOffset } from "./registry-clock";
import { useNow } from "./use-now";

/** The registry's time in epoch milliseconds, moving on once a second: deadlines are set by its clock, not the viewer's. */
export function useRegistryNow(): number {
  const offset = useSyncExternalStore(watchRegistryOffset, registryOffset, () => 0);
  return useNow() + offset;
}
