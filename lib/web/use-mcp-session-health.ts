import { sessionHealthQuery } from "./session-queries";
import { usePolledQuery } from "./use-polled-query";

/** The registry's health now, kept current. */
export function useMcpSessionHealth() {
  return usePolledQuery(sessionHealthQuery(), { isFed: true });
}
