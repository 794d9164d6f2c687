import { useSyncExternalStore } from "react";

function subscribe(): () => void {
  return () => undefined;
}

/** The palette's key as this computer's keyboard names it. */
export function usePaletteKey(): string {
  return useSyncExternalStore(
    subscribe,
    () => (/Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘ K" : "Ctrl K"),
    () => "Ctrl K",
  );
}
