import { useLive } from "../live/live-context";
import { awaitsAnswer } from "../prepare-termination";
import { registryNow } from "../registry-clock";
import { sessionEventsQuery } from "../session-queries";
import { usePolledQuery } from "../use-polled-query";

/**
 * The timeline of a session that was terminated in this tab, where its MCP server's answer will be. Somebody waits for that:
 * while the screen is paused and the feed brings nothing, it is asked for.
 */
export function useAwaitedEvents(id: string) {
  const isPaused = useLive(({ pausedAt }) => pausedAt !== null);
  return usePolledQuery(sessionEventsQuery(id), {
    isFed: !isPaused,
    isUrgent: ({ events }) => awaitsAnswer(events, registryNow()),
  });
}
