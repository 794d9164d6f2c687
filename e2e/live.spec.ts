import type { Page } from "@playwright/test";
import { countPolls, freshness, layCable, setVisibility } from "./support/live-feed";
import { OverviewPage } from "./support/overview-page";
import { expect, test } from "./support/test";

const EVENTS = 100;

/** Sessions in the recent activity, in its order. */
function rowsOf(page: Page): Promise<string[]> {
  return page
    .getByRole("table", { name: "Recent activity" })
    .locator("a[href^='/mcp/sessions/']")
    .evaluateAll((links) =>
      links.map((link) => decodeURIComponent(link.getAttribute("href")?.split("/").at(-1) ?? "")),
    );
}

async function recentOf(url: string): Promise<string[]> {
  const response = await fetch(`${url}/api/mcp/sessions/health`);
  const { recentActivity } = (await response.json()) as { recentActivity: { id: string }[] };
  return recentActivity.map(({ id }) => id);
}

async function openLive(page: Page, path = "/mcp"): Promise<void> {
  await page.goto(path);
  await expect(freshness(page)).toHaveText("Live");
}

function collectErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  return errors;
}

/** Notes when the row of each session has been painted for the first time. */
async function watchPaints(page: Page): Promise<(id: string) => Promise<number>> {
  await page.evaluate(() => {
    const painted = new Map<string, number>();
    Object.assign(window, { painted });
    new MutationObserver(() => {
      const ids = [...document.querySelectorAll("td a, th a")].map((link) => link.getAttribute("title") ?? "");
      const fresh = ids.filter((id) => !painted.has(id));
      // The task after the next frame's callbacks: what was changed before them is on screen by then.
      requestAnimationFrame(() => {
        setTimeout(() => {
          for (const id of fresh) if (!painted.has(id)) painted.set(id, Date.now());
        });
      });
    }).observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true });
  });
  return async (id) => {
    const handle = await page.waitForFunction(
      (key) => (window as unknown as { painted: Map<string, number> }).painted.get(key),
      id,
    );
    return (await handle.jsonValue()) ?? 0;
  };
}

test("what happens is on screen at once", async ({ page, registry }) => {
  test.setTimeout(120_000);
  const errors = collectErrors(page);
  await registry.create();
  await openLive(page);
  const paintOf = await watchPaints(page);
  const delays: number[] = [];
  for (let event = 0; event < EVENTS; event += 1) {
    const at = Date.now();
    const { id } = await registry.create({ id: `event-${String(event)}` });
    delays.push((await paintOf(id)) - at);
  }
  delays.sort((a, b) => a - b);
  const [p50 = 0, p95 = 0] = [delays[EVENTS / 2], delays[Math.floor(EVENTS * 0.95)]];
  const description = `p50 ${String(p50)} ms, p95 ${String(p95)} ms`;
  test.info().annotations.push({ type: "request to painted row", description });
  expect(delays.every((delay) => delay > 0)).toBe(true);
  expect(errors).toEqual([]);
});

test("a broken connection is bridged by polls, and nothing is missed or shown twice", async ({
  page,
  registry,
  holdfast,
}) => {
  test.setTimeout(120_000);
  const cable = await layCable(page);
  const overview = new OverviewPage(page);
  for (let number = 0; number < 5; number += 1) await registry.create({ id: `before-${String(number)}` });
  await openLive(page);

  await cable.cut();
  await expect(freshness(page)).toHaveText(/^(Reconnecting|Polling)/);
  for (let number = 0; number < 8; number += 1) await registry.create({ id: `meanwhile-${String(number)}` });
  await registry.end("before-0", { as: "closed", by: "client" });
  await expect(freshness(page)).toHaveText("Polling every 10 s");
  await expect(overview.row("meanwhile-7")).toBeVisible();
  await expect(overview.row("before-0")).toContainText("Closed");

  await registry.create({ id: "unpolled" });
  cable.mend();
  await expect(freshness(page)).toHaveText("Live", { timeout: 45_000 });
  await registry.create({ id: "after" });
  await expect(overview.row("after")).toBeVisible();
  const rows = await rowsOf(page);
  expect(rows).toEqual(await recentOf(holdfast.url));
  expect(rows).toHaveLength(15);
  await expect(overview.card("Total")).toContainText("15");
});

test("a paused screen stands still, counts what waits and then catches up", async ({ page, registry }) => {
  const overview = new OverviewPage(page);
  await registry.create({ id: "there" });
  await openLive(page);
  const polls = countPolls(page);
  await page.getByRole("button", { name: "Pause updates" }).click();
  await registry.create({ id: "waiting" });
  await registry.end("there", { as: "closed" });
  await expect(freshness(page)).toHaveText("Paused · 2 updates waiting");
  await expect(overview.row("waiting")).toBeHidden();
  await expect(overview.row("there")).toContainText("Healthy");
  expect(polls()).toBe(0);

  await page.getByRole("button", { name: "Resume updates" }).click();
  await expect(freshness(page)).toHaveText("Live");
  await expect(overview.row("waiting")).toBeVisible();
  await expect(overview.row("there")).toContainText("Closed");
});

test("every tab has one connection, and all of them are told", async ({ page, context, registry }) => {
  await registry.create();
  const tabs = [page, await context.newPage()];
  const sockets = tabs.map((tab) => {
    const opened: string[] = [];
    tab.on("websocket", (socket) => opened.push(socket.url()));
    return opened;
  });
  for (const tab of tabs) await openLive(tab);
  await registry.create({ id: "told" });
  for (const tab of tabs) await expect(new OverviewPage(tab).row("told")).toBeVisible();
  const [first] = tabs;
  await first?.getByRole("link", { name: "Servers" }).click();
  await expect(page.getByRole("heading", { name: "Servers", level: 1 })).toBeVisible();
  await expect(freshness(page)).toHaveText("Live");
  expect(sockets.map((opened) => opened.length)).toEqual([1, 1]);
});

test("a hidden tab is current the moment it is shown", async ({ page, registry }) => {
  const overview = new OverviewPage(page);
  await registry.create();
  await openLive(page);
  await setVisibility(page, "hidden");
  await registry.create({ id: "unseen" });
  await setVisibility(page, "visible");
  await expect(overview.row("unseen")).toBeVisible();
  await expect(freshness(page)).toHaveText("Live");
});

test("a session's page follows its use, its state and its end", async ({ page, registry, request }) => {
  await registry.create({ id: "followed" });
  await openLive(page, "/mcp/sessions/followed");
  const figures = page.getByRole("region", { name: "Figures" });
  const timeline = page.getByRole("region", { name: "Timeline" });
  await registry.beat("followed", { requests: 41 });
  await expect(figures.getByText("41", { exact: true })).toBeVisible({ timeout: 5_000 });
  await request.put("/api/mcp/sessions/followed/state", { data: { draft: "chapter-one" } });
  await expect(page.getByRole("region", { name: "State", exact: true })).toContainText("chapter-one", {
    timeout: 5_000,
  });
  await registry.end("followed", { reason: "enough" });
  await expect(figures).toContainText("Terminated", { timeout: 5_000 });
  await expect(timeline).toContainText("Terminated", { timeout: 5_000 });
});
