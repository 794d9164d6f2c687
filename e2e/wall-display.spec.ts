import type { Page } from "@playwright/test";
import { expectAccessible, SCHEMES } from "./support/axe";
import { createInstanceClient } from "./support/instance-client";
import type { RegistryClient } from "./support/registry-client";
import { expect, test } from "./support/test";

async function populate(registry: RegistryClient, url: string): Promise<void> {
  const instance = createInstanceClient(url);
  await instance.register();
  const clients = ["claude-ai", "cursor", "vscode"];
  for (let index = 0; index < 12; index += 1) {
    const server = index % 3 === 0 ? "search" : "notes";
    await registry.create({
      ...{ id: `s-${String(index)}`, server, protocolVersion: index % 2 === 0 ? "2025-11-25" : "2026-07-28" },
      clientInfo: { name: clients[index % 3], version: "1.0" },
    });
  }
  await registry.end("s-1", { reason: "for the chart" });
  await registry.end("s-2", { as: "closed", by: "client" });
}

/** How far what was on screen has moved, all moves together. */
async function watchShifts(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const state = { total: 0 };
    Object.assign(window, { shifts: state });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) state.total += (entry as unknown as { value: number }).value;
    }).observe({ type: "layout-shift", buffered: false });
  });
  return () => page.evaluate(() => (window as unknown as { shifts: { total: number } }).shifts.total);
}

for (const colorScheme of SCHEMES) {
  test(`hangs on a wall without a scroll bar, accessible, in the system's theme (${colorScheme})`, async ({
    page,
    registry,
    holdfast,
  }) => {
    test.slow();
    await populate(registry, holdfast.url);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.addInitScript(
      (other) => {
        localStorage.setItem("theme", other);
      },
      colorScheme === "dark" ? "light" : "dark",
    );
    await page.goto("/mcp?range=1h&kiosk=1");
    await expect(page.getByText("Last hour", { exact: true })).toBeVisible();
    await expect(page.locator("html")).toHaveClass(new RegExp(`\\b${colorScheme}\\b`));
    await expect(page.getByRole("navigation")).toBeHidden();
    await expect(page.locator("svg.recharts-surface").first()).toBeVisible();
    await page.setViewportSize({ width: 1920, height: 1080 });
    const scrolls = () =>
      page.evaluate(() => document.documentElement.scrollHeight - document.documentElement.clientHeight);
    await expect.poll(scrolls).toBe(0);
    const clipped = await page
      .locator("section")
      .evaluateAll((sections) =>
        sections
          .filter((section) => section.scrollHeight > section.clientHeight + 1)
          .map((section) => section.textContent),
      );
    expect(clipped).toEqual([]);
    await expectAccessible(page, "the wall", [390, 1920]);
  });
}

test("does not move when its figures are renewed", async ({ page, registry, holdfast }) => {
  await populate(registry, holdfast.url);
  await page.clock.install();
  await page.goto("/mcp?range=15m");
  await expect(page.locator("svg.recharts-surface").first()).toBeVisible();
  const shifts = await watchShifts(page);
  for (let index = 0; index < 4; index += 1) await registry.create({ id: `new-${String(index)}`, server: "notes" });
  await page.clock.runFor(11_000);
  await expect(page.getByRole("list", { name: "Sessions by status" })).toContainText("16");
  // Rows of the recent activity make room for new ones; the panels stay where they are.
  expect(await shifts()).toBeLessThan(0.005);
});

test("keeps the range of the URL through a reload, for every panel of it", async ({ page, registry, holdfast }) => {
  test.slow();
  await populate(registry, holdfast.url);
  await page.goto("/mcp");
  await page.getByRole("radio", { name: "Last 6 hours" }).click();
  await expect(page).toHaveURL(/range=6h/);
  await expect(page.getByText("Active now, started in the last 6 hours").first()).toBeVisible();
  await page.reload();
  await expect(page.getByRole("radio", { name: "Last 6 hours" })).toBeChecked();
  const servers = page.getByRole("table", { name: "Servers" });
  await expect(servers.getByRole("row", { name: "notes 6 8" })).toBeVisible();
});

test("tells Prometheus what it shows", async ({ page, registry, holdfast }) => {
  await populate(registry, holdfast.url);
  await page.goto("/mcp?kiosk=1");
  const text = await (await fetch(`${holdfast.url}/metrics`)).text();
  const shown = page.locator("dl > div").filter({ hasText: "Active" }).first();
  await expect(shown.locator("dd").first()).toHaveText("10");
  expect(text).toContain('holdfast_sessions{status="active"} 10\n');
  expect(text).toContain('holdfast_sessions_ended_total{reason="operator_terminated"} 1\n');
  expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds [\d.e-]+$/m);
});
