import { useSyncExternalStore } from "react";

function subscribe(): () => void {
  return () => undefined;
}

/** Where this registry is reached, for snippets to copy. */
export function useOrigin(): string {
  return useSyncExternalStore(
    subscribe,
    () => window.location.origin,
    () => "http://127.0.0.1:3738",
  );
}
