import type { Page } from "@playwright/test";
import { expectAccessible, SCHEMES } from "./support/axe";
import { expect, test } from "./support/test";

const help = (page: Page) => page.getByRole("dialog", { name: "Keyboard shortcuts" });
const palette = (page: Page) => page.getByRole("dialog", { name: "Search", exact: true });

/** Shortcuts are heard as soon as the page is interactive. */
async function press(page: Page, keys: string, isDone: () => Promise<void>): Promise<void> {
  await expect(async () => {
    for (const key of keys.split(" ")) await page.keyboard.press(key);
    await isDone();
  }).toPass();
}

for (const colorScheme of SCHEMES) {
  test(`the palette and the list of shortcuts are accessible (${colorScheme})`, async ({ page, registry }) => {
    test.slow();
    const { id } = await registry.create({ principal: "user-42" });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto("/mcp/servers");
    await press(page, "?", () => expect(help(page)).toBeVisible({ timeout: 500 }));
    await expectAccessible(page, "the list of shortcuts");
    await page.keyboard.press("Escape");
    await expect(help(page)).toBeHidden();

    await page.keyboard.press("Control+k");
    await expect(palette(page).getByRole("option", { name: /^Servers/ })).toBeVisible();
    await page.keyboard.type(id.slice(0, 12));
    await expect(palette(page).getByRole("option", { name: id })).toBeVisible();
    await expectAccessible(page, "the palette with a session");
    await page.keyboard.type(" nothing like it");
    await expect(palette(page).getByText("Nothing found.")).toBeVisible();
    await expectAccessible(page, "the palette without a match");
  });
}

test("an operator finds, opens and ends a session without a mouse", async ({ page, registry }) => {
  const kept = await registry.create();
  const ended = await registry.create();
  await page.goto("/mcp");
  await press(page, "g s", () => expect(page).toHaveURL(/\/mcp\/sessions$/, { timeout: 2_000 }));
  await expect(page.getByRole("row").filter({ hasText: "notes" })).toHaveCount(2);

  const row = (id: string) => page.locator(`tr[data-session-row="${id}"]`);
  await page.keyboard.press("j");
  await expect(row(ended.id)).toBeFocused();
  await page.keyboard.press("j");
  await expect(row(kept.id)).toBeFocused();
  await page.keyboard.press("k");
  await page.keyboard.press("x");
  await expect(row(ended.id).getByRole("checkbox")).toBeChecked();
  await page.keyboard.press("/");
  await expect(page.getByRole("combobox", { name: "Filter sessions" })).toBeFocused();
  await page.keyboard.type(`${kept.id.slice(0, 8)} `);
  await expect(row(ended.id)).toBeHidden();
  await expect(page.getByRole("combobox", { name: "Filter sessions" })).toBeFocused();

  await page.keyboard.press("Control+k");
  await page.keyboard.type(ended.id);
  await expect(palette(page).getByRole("option", { name: ended.id })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/mcp/sessions/${ended.id}$`));

  await expect(page.getByRole("button", { name: "Terminate" })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("terminate this");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Terminate this session?" });
  await expect(dialog.getByLabel("Reason")).toBeVisible();
  await dialog.getByLabel("Reason").fill("found by keyboard");
  await dialog.getByRole("button", { name: "Terminate" }).press("Enter");
  await expect(page.getByRole("region", { name: /Notifications/ })).toContainText("Terminated");
  expect(await registry.read(ended.id)).toMatchObject({ status: "terminated" });
});

test("j and Enter walk the recent activity of the overview", async ({ page, registry }) => {
  const { id } = await registry.create();
  await page.goto("/mcp");
  const row = page.getByRole("table", { name: "Recent activity" }).locator("tbody tr").first();
  await press(page, "j", () => expect(row).toBeFocused({ timeout: 500 }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/mcp/sessions/${id}$`));
});

test("shortcuts of a single key stay off once they are turned off", async ({ page }) => {
  await page.goto("/mcp/servers");
  await press(page, "?", () => expect(help(page)).toBeVisible({ timeout: 500 }));
  await help(page)
    .getByRole("checkbox", { name: /Shortcuts of a single key/ })
    .uncheck();
  await page.reload();
  await press(page, "Control+k", () => expect(palette(page)).toBeVisible({ timeout: 500 }));
  await page.keyboard.press("Escape");
  await expect(palette(page)).toBeHidden();
  await page.keyboard.press("g");
  await page.keyboard.press("o");
  await page.keyboard.press("?");
  await expect(help(page)).toBeHidden();
  await expect(page).toHaveURL(/\/mcp\/servers$/);
});

test("title and icon of the tab tell that the data is out of date, until it is not", async ({ page }) => {
  const health = "**/api/mcp/sessions/health";
  await page.route(health, (route) => route.abort());
  await page.goto("/mcp/servers");
  await expect(page).toHaveTitle(/^⚠ Stale.Servers · Holdfast$/u);
  const icon = page.locator('link[rel="icon"]');
  await expect(icon).toHaveAttribute("href", /^data:image\/svg/);
  await page.unroute(health);
  await expect(page).toHaveTitle("Servers · Holdfast");
  await expect(icon).toHaveAttribute("href", /^\/icon\.svg/);
});
