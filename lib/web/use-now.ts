import { createContext, useContext, useSyncExternalStore } from "react";

const TICK_MS = 1_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function notify(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) {
    timer = setInterval(notify, TICK_MS);
    // A suspended tab must not show an old age for its first second back on screen.
    document.addEventListener("visibilitychange", notify);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    document.removeEventListener("visibilitychange", notify);
  };
}

function currentSecond(): number {
  return Math.floor(Date.now() / TICK_MS) * TICK_MS;
}

/** When the server rendered the page: the time that hydration has to agree with. */
export const RenderedAt = createContext(0);

/** The time in epoch milliseconds, whole seconds, moving on once a second. */
export function useNow(): number {
  const renderedAt = useContext(RenderedAt);
  return useSyncExternalStore(subscribe, currentSecond, () => renderedAt);
}
