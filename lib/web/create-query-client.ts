import { focusManager, QueryClient } from "@tanstack/react-query";
import { watchPageVisibility } from "./use-page-visible";

/** The browser's query client; polling and its catching up follow one and the same signal of visibility. */
export function createQueryClient(): QueryClient {
  focusManager.setEventListener((onFocus) => watchPageVisibility(onFocus));
  return new QueryClient();
}
