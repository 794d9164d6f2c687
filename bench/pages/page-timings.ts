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

/** What layout shifts and events have besides. */
type TimingEntry = PerformanceEntry & { value: number; hadRecentInput: boolean; interactionId: number };

/** Has the browser keep its own timings of a page; to be called before the page is opened. */
export async function keepTimings(page: Page): Promise<void> {
  // Without inner functions that have names: the loader that runs this would leave helpers in it that no page has.
  await page.addInitScript(() => {
    const watched: Watched = { largestPaintMs: 0, layoutShift: 0, interactions: new Map() };
    Object.assign(window, { watched });
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as TimingEntry[]) {
        if (entry.entryType === "largest-contentful-paint") watched.largestPaintMs = entry.startTime;
        else if (entry.entryType === "layout-shift") watched.layoutShift += entry.hadRecentInput ? 0 : entry.value;
        else if (entry.interactionId > 0) {
          const longest = Math.max(entry.duration, watched.interactions.get(entry.interactionId) ?? 0);
          watched.interactions.set(entry.interactionId, longest);
        }
      }
    });
    for (const type of ["largest-contentful-paint", "layout-shift", "event"]) {
      // Shorter ones the browser does not tell.
      observer.observe({ ...{ type, buffered: true, durationThreshold: 16 } });
    }
  });
}

export async function readTimings(page: Page): Promise<PageTimings> {
  return page.evaluate(() => {
    const { largestPaintMs, layoutShift, interactions } = (window as unknown as { watched: Watched }).watched;
    return { largestPaintMs, layoutShift, interactionsMs: [...interactions.values()] };
  });
}
