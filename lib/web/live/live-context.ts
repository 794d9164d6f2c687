import { createContext, useContext, useEffect, useSyncExternalStore } from "react";
import { type LiveSnapshot, type LiveStore, NO_FEED } from "./live-store";

/** The tab's feed; null where there is none: everything is polled then. */
export const LiveContext = createContext<LiveStore | null>(null);

const noSubscription = () => () => undefined;
const noFeed = () => NO_FEED;

/** A part of what is known of the feed; renders again only when that part changes. */
export function useLive<Part extends string | number | boolean | null>(select: (live: LiveSnapshot) => Part): Part {
  const store = useContext(LiveContext);
  const read = store?.snapshot ?? noFeed;
  return useSyncExternalStore(
    store?.subscribe ?? noSubscription,
    () => select(read()),
    () => select((store?.firstSnapshot ?? noFeed)()),
  );
}

/** Has the registry tell of the activity of sessions, too, while they are on screen. */
export function useWatchedSessions(ids: readonly string[]): void {
  const watch = useContext(LiveContext)?.watch;
  // The same ids in a new array are nothing new.
  const joined = ids.join("\n");
  useEffect(() => (joined === "" ? undefined : watch?.(joined.split("\n"))), [watch, joined]);
}
