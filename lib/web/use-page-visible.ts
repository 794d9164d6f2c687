import { useSyncExternalStore } from "react";

/** Calls back whenever the tab is shown or hidden, until the function it answers is called; does nothing on a server. */
export function watchPageVisibility(onChange: () => void): () => void {
  if (typeof document === "undefined") return () => undefined;
  document.addEventListener("visibilitychange", onChange);
  return () => {
    document.removeEventListener("visibilitychange", onChange);
  };
}

/** Whether the tab is on screen; true while the page is rendered on the server. */
export function usePageVisible(): boolean {
  return useSyncExternalStore(
    watchPageVisibility,
    () => document.visibilityState === "visible",
    () => true,
  );
}
