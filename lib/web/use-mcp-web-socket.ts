import { useContext, useSyncExternalStore } from "react";
import { LiveContext } from "./live/live-context";
import { type LiveSnapshot, NO_FEED } from "./live/live-store";

const noSubscription = () => () => undefined;
const noFeed = () => NO_FEED;
const nothing = () => undefined;

export interface McpWebSocket extends LiveSnapshot {
  /** Whether everything that happens is told as it happens. */
  isLive: boolean;
  isPaused: boolean;
  /** Lets the screen stand still; what happens meanwhile is counted. */
  pause: () => void;
  resume: () => void;
}

/** The tab's one connection to the live feed. */
export function useMcpWebSocket(): McpWebSocket {
  const store = useContext(LiveContext);
  const live = useSyncExternalStore(
    store?.subscribe ?? noSubscription,
    store?.snapshot ?? noFeed,
    store?.firstSnapshot ?? noFeed,
  );
  return {
    ...live,
    isLive: live.phase === "live",
    isPaused: live.pausedAt !== null,
    pause: store?.pause ?? nothing,
    resume: store?.resume ?? nothing,
  };
}
