import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";

/** Counts the polls of one endpoint by the time of the page's own clock. */
function countPolls(page: Page): () => number {
  let polls = 0;
  page.on("request", (request) => {
    if (new URL(request.url()).pathname === "/api/mcp/sessions/health") polls += 1;
  });
  return () => polls;
}

async function setVisibility(page: Page, state: "visible" | "hidden"): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, "visibilityState", { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
}

/** Lets the page's clock run, second by second, so that answers arrive in between as they would. */
async function passSeconds(page: Page, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    await page.clock.runFor(1_000);
    await page.evaluate(() => fetch("/livez").then((response) => response.text()));
  }
}

test("polls every 10 s while visible, every 30 s while hidden, and returns to 10 s", async ({ page, registry }) => {
  await registry.create();
  await page.clock.install();
  const polls = countPolls(page);
  await page.goto("/mcp");
  await expect(page.getByText("every 10 s")).toBeVisible();

  const atStart = polls();
  await passSeconds(page, 60);
  const whileVisible = polls() - atStart;
  expect(whileVisible).toBeGreaterThanOrEqual(5);
  expect(whileVisible).toBeLessThanOrEqual(7);

  await setVisibility(page, "hidden");
  await expect(page.getByText("every 30 s while hidden")).toBeVisible();
  const whenHidden = polls();
  await passSeconds(page, 90);
  const whileHidden = polls() - whenHidden;
  expect(whileHidden).toBeGreaterThanOrEqual(2);
  expect(whileHidden).toBeLessThanOrEqual(4);

  await setVisibility(page, "visible");
  await expect(page.getByText("every 10 s")).toBeVisible();
  const whenShown = polls();
  await passSeconds(page, 60);
  const whileShown = polls() - whenShown;
  expect(whileShown).toBeGreaterThanOrEqual(5);
  expect(whileShown).toBeLessThanOrEqual(8);
});
