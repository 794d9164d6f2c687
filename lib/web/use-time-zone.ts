import { useSyncExternalStore } from "react";

function subscribe(): () => void {
  return () => undefined;
}

/** The viewer's time zone; UTC on the server and while hydrating, so that both render the same text. */
export function useTimeZone(): string {
  return useSyncExternalStore(
    subscribe,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => "UTC",
  );
}
