import { useEffect } from "react";

/** Keeps the screen on while it is wanted, as far as the browser lets it. */
export function useWakeLock(isWanted: boolean): void {
  useEffect(() => {
    if (!isWanted || !("wakeLock" in navigator)) return;
    let lock: Promise<WakeLockSentinel | null> = Promise.resolve(null);
    const acquire = (): void => {
      // The browser itself lets go of it whenever the page is hidden.
      if (document.visibilityState === "visible") lock = navigator.wakeLock.request("screen").catch(() => null);
    };
    acquire();
    document.addEventListener("visibilitychange", acquire);
    return () => {
      document.removeEventListener("visibilitychange", acquire);
      void lock.then((held) => held?.release());
    };
  }, [isWanted]);
}
