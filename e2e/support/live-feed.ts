import type { Locator, Page } from "@playwright/test";

const FEED = /\/ws\/sessions/;

/** What the page says of the data on it. */
export function freshness(page: Page): Locator {
  return page.locator("[data-freshness]");
}

/** Keeps a page from the live feed. */
export async function blockFeed(page: Page): Promise<void> {
  await page.routeWebSocket(FEED, (socket) => socket.close());
}

export interface FeedCable {
  /** Breaks the connection; attempts to make another one fail. */
  cut: () => Promise<void>;
  mend: () => void;
  /** Addresses of the connections that came about, in order. */
  addresses: readonly URL[];
}

/** Puts a connection between page and feed that can be broken. */
export async function layCable(page: Page): Promise<FeedCable> {
  let isCut = false;
  const breaks: (() => Promise<void>)[] = [];
  const addresses: URL[] = [];
  await page.routeWebSocket(FEED, async (socket) => {
    if (isCut) {
      await socket.close();
      return;
    }
    addresses.push(new URL(socket.url()));
    const server = socket.connectToServer();
    breaks.push(async () => {
      await server.close();
      await socket.close();
    });
  });
  return {
    cut: async () => {
      isCut = true;
      await Promise.all(breaks.splice(0).map((each) => each()));
    },
    mend: () => {
      isCut = false;
    },
    addresses,
  };
}

/** Counts the requests for the health summary. */
export function countPolls(page: Page): () => number {
  let polls = 0;
  page.on("request", (request) => {
    if (new URL(request.url()).pathname === "/api/mcp/sessions/health") polls += 1;
  });
  return () => polls;
}

export async function setVisibility(page: Page, state: "visible" | "hidden"): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, "visibilityState", { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
}

/** Lets the page's clock run, second by second, so that answers arrive in between as they would. */
export async function passSeconds(page: Page, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    await page.clock.runFor(1_000);
    await page.evaluate(() => fetch("/livez").then((response) => response.text()));
  }
}
