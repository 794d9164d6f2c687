import type { Page } from "@playwright/test";

export interface PageTimings {
  /** Largest contentful paint, milliseconds from the navigation. */
  largestPaintMs: number;
  /** Cumulative layout shift. */
  layoutShift: number;
  /** Of each interaction: from the input to the next paint, milliseconds in steps of 8. */
  interactionsMs: readonly number[];
}

interface Watched {
  largestPaintMs: number;
  layoutShift: number;
  interactions: Map<number, number>;
}

/** Has the browser keep its own timings of a page; to be called before the page is opened. */
export async function keepTimings(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const watched: Watched = { largestPaintMs: 0, layoutShift: 0, interactions: new Map() };
    Object.assign(window, { watched });
    const observe = (type: string, note: (entry: PerformanceEntry) => void) => {
      // Shorter ones than 16 ms the browser does not tell: they are counted as none.
      new PerformanceObserver((list) => { list.getEntries().forEach(note); }).observe({
        ...{ type, buffered: true, durationThreshold: 16 },
      });
    };
    observe("largest-contentful-paint", ({ startTime }) => (watched.largestPaintMs = startTime));
    observe("layout-shift", (entry) => {
      const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
      if (!hadRecentInput) watched.layoutShift += value;
    });
    observe("event", (entry) => {
      const { interactionId, duration } = entry as PerformanceEntry & { interactionId: number };
      if (interactionId === 0) return;
      watched.interactions.set(interactionId, Math.max(duration, watched.interactions.get(interactionId) ?? 0));
    });
  });
}

export async function readTimings(page: Page): Promise<PageTimings> {
  return page.evaluate(() => {
    const { largestPaintMs, layoutShift, interactions } = (window as unknown as { watched: Watched }).watched;
    return { largestPaintMs, layoutShift, interactionsMs: [...interactions.values()] };
  });
}
