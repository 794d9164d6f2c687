import type { Page } from "@playwright/test";
import { watchPaints } from "../bench/pages/watch-paints";
import { countPolls, freshness, setVisibility } from "./support/live-feed";
import { OverviewPage } from "./support/overview-page";
import { expect, test } from "./support/test";

const ROUNDS = 50;

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

function describeDelays(delays: number[]): string {
  const sorted = delays.toSorted((a, b) => a - b);
  const at = (share: number) => String(sorted[Math.floor(sorted.length * share)]);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms of ${String(sorted.length)}`;
}

test("what real clients do is on screen at once", async ({ page, registry, connect }) => {
  test.setTimeout(120_000);
  const errors = collectErrors(page);
  await connect();
  await openLive(page);
  const paintOf = await watchPaints(page, ["Closed"]);
  const delays: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const client = await connect();
    const createdAt = await paintOf(client.id);
    await client.end();
    const endedAt = await paintOf(client.id, "Closed");
    // By the times that the registry gave the events.
    const session = await registry.read(client.id);
    delays.push(createdAt - Date.parse(String(session["createdAt"])));
    delays.push(endedAt - Date.parse(String(session["endedAt"])));
  }
  test.info().annotations.push({ type: "event to painted row", description: describeDelays(delays) });
  expect(delays.every((delay) => delay > 0)).toBe(true);
  // Polls, every 10 s, would take far longer: it is told. How fast is for the benchmark to say.
  expect(delays.toSorted((a, b) => a - b)[ROUNDS]).toBeLessThan(2_500);
  expect(errors).toEqual([]);
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
