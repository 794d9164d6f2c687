import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OverviewPage } from "./support/overview-page";
import { startHoldfast } from "./support/processes";
import { createRegistryClient } from "./support/registry-client";
import { expect, test } from "./support/test";

test("an outage keeps the last data on screen, says so, and the page recovers", async ({ page }) => {
  const dataDir = mkdtempSync(join(tmpdir(), "holdfast-e2e-"));
  const first = await startHoldfast({ HOLDFAST_DATA_DIR: dataDir });
  const session = await createRegistryClient(first.url).create({ id: "survivor" });
  const overview = new OverviewPage(page);
  await page.goto(`${first.url}/mcp`);
  await expect(overview.row(session.id)).toBeVisible();

  await first.stop();

  await expect(page.getByText(/Stale since \d/)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("alert").first()).toContainText(/last answer/i);
  await expect(overview.row(session.id)).toBeVisible();
  await expect(overview.card("Active")).toContainText("1");

  const second = await startHoldfast({ HOLDFAST_DATA_DIR: dataDir, PORT: String(first.port) });
  await page.getByRole("button", { name: "Retry" }).first().click();

  await expect(page.getByText(/^(Live|Polling every 10 s)$/)).toBeVisible();
  await expect(
    page.getByRole("region", { name: "Session history" }).locator("svg.recharts-surface").first(),
  ).toBeVisible();
  await expect(page.getByText(/Stale since/)).toBeHidden();
  await expect(overview.row(session.id)).toBeVisible();
  await second.stop();
  rmSync(dataDir, { recursive: true, force: true });
});
