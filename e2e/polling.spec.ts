import { blockFeed, countPolls, passSeconds, setVisibility } from "./support/live-feed";
import { expect, test } from "./support/test";

test("without the live feed polls every 10 s while visible, every 30 s while hidden, and returns to 10 s", async ({
  page,
  registry,
}) => {
  await registry.create();
  await blockFeed(page);
  await page.clock.install();
  const polls = countPolls(page);
  await page.goto("/mcp");
  await expect(page.getByText(/^(Reconnecting|Polling)/)).toBeVisible();
  await passSeconds(page, 11);
  await expect(page.getByText("Polling every 10 s")).toBeVisible();

  const atStart = polls();
  await passSeconds(page, 60);
  const whileVisible = polls() - atStart;
  expect(whileVisible).toBeGreaterThanOrEqual(5);
  expect(whileVisible).toBeLessThanOrEqual(7);

  await setVisibility(page, "hidden");
  await expect(page.getByText("Polling every 30 s")).toBeVisible();
  const whenHidden = polls();
  await passSeconds(page, 90);
  const whileHidden = polls() - whenHidden;
  expect(whileHidden).toBeGreaterThanOrEqual(2);
  expect(whileHidden).toBeLessThanOrEqual(4);

  await setVisibility(page, "visible");
  await expect(page.getByText("Polling every 10 s")).toBeVisible();
  const whenShown = polls();
  await passSeconds(page, 60);
  const whileShown = polls() - whenShown;
  expect(whileShown).toBeGreaterThanOrEqual(5);
  expect(whileShown).toBeLessThanOrEqual(8);
});

test("while the live feed is there it asks for nothing that is told", async ({ page, registry }) => {
  await registry.create();
  await page.clock.install();
  await page.goto("/mcp");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await passSeconds(page, 2);
  const polls = countPolls(page);
  await passSeconds(page, 45);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  expect(polls()).toBe(0);
});
