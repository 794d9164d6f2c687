import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expectAccessible, SCHEMES } from "./support/axe";
import { freshness } from "./support/live-feed";
import { expect, test } from "./support/test";

const rows = (page: Page) => page.getByRole("grid", { name: "Sessions" }).getByRole("rowheader").getByRole("link");
const filter = (page: Page) => page.getByRole("combobox", { name: "Filter sessions" });

test("a query, an order and columns survive a reload, a link and the way back", async ({ page, registry }) => {
  await registry.create({ id: "one", server: "notes", labels: { team: "core" } });
  await registry.create({ id: "two", server: "notes" });
  const other = await registry.create({ id: "three", server: "search" });
  await registry.end(other.id, { reason: "for the record" });
  await page.goto("/mcp/sessions");
  await expect(rows(page)).toHaveText(["three", "two", "one"]);

  await filter(page).fill("server:notes");
  await filter(page).press("Enter");
  await expect(rows(page)).toHaveText(["two", "one"]);
  await page.getByRole("button", { name: "Created" }).click();
  await expect(rows(page)).toHaveText(["one", "two"]);
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Labels" }).click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("columnheader", { name: "Labels" })).toBeVisible();

  await page.reload();
  await expect(rows(page)).toHaveText(["one", "two"]);
  await expect(page.getByRole("button", { name: "Edit server:notes" })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "Labels" })).toBeVisible();

  await rows(page).first().click();
  await expect(page).toHaveURL(/\/mcp\/sessions\/one$/);
  await page.goBack();
  await expect(rows(page)).toHaveText(["one", "two"]);
  await page.goBack();
  await expect(rows(page)).toHaveText(["two", "one"]);
  await page.goBack();
  await expect(rows(page)).toHaveText(["three", "two", "one"]);
  await expect(page.getByRole("button", { name: "Edit server:notes" })).toBeHidden();
});

test("rows stay in their places while sessions come and change", async ({ page, registry }) => {
  await registry.create({ id: "first" });
  await page.goto("/mcp/sessions");
  await expect(rows(page)).toHaveText(["first"]);
  await registry.create({ id: "second" });
  await registry.end("first", { reason: "seen enough" });
  const arrivals = page.getByRole("button", { name: "1 new · show" });
  await expect(arrivals).toBeVisible({ timeout: 30_000 });
  await expect(rows(page)).toHaveText(["first"]);
  await expect(page.getByRole("row", { name: /first/ })).toContainText("Terminated");
  await arrivals.click();
  await expect(rows(page)).toHaveText(["second", "first"]);
});

test("rows and totals follow what happens without asking again and again", async ({ page, registry }) => {
  await registry.create({ id: "first" });
  await page.goto("/mcp/sessions");
  await expect(freshness(page)).toHaveText("Live");
  const row = page.getByRole("row", { name: /first/ });
  await expect(row).toBeVisible();
  const lists: string[] = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.pathname === "/api/mcp/sessions" && url.searchParams.get("query")?.startsWith("id:"))
      lists.push(url.search);
  });
  await registry.beat("first", { requests: 41 });
  await expect(row.getByRole("gridcell", { name: "41", exact: true })).toBeVisible();
  await registry.create({ id: "second" });
  await expect(page.getByRole("button", { name: "1 new · show" })).toBeVisible();
  await expect(page.getByText("2 sessions", { exact: true })).toBeVisible();
  await registry.end("first", { as: "closed", by: "client" });
  await expect(row).toContainText("Closed");
  await expect(page.getByRole("group", { name: "Status" }).getByRole("checkbox", { name: /^Closed/ })).toBeVisible();
  expect(lists).toEqual([]);
});

test("facets count, complete and filter; the keyboard opens what they find", async ({ page, registry }) => {
  for (const name of ["alpha", "beta", "gamma"])
    await registry.create({ id: name, server: name === "beta" ? "search" : "notes" });
  await page.goto("/mcp/sessions");
  await expect(page.getByText("3 sessions", { exact: true })).toBeVisible();
  await page.getByRole("checkbox", { name: "search" }).check();
  await expect(rows(page)).toHaveText(["beta"]);
  await filter(page).focus();
  await page.keyboard.press("Backspace");
  await page.keyboard.type("note");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/query=server:notes/);
  await expect(rows(page)).toHaveText(["gamma", "alpha"]);
  await page.getByRole("row", { name: /gamma/ }).focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("row", { name: /alpha/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/mcp\/sessions\/alpha$/);
});

test("any number of sessions can be walked through, and exported", async ({ page, registry }) => {
  const ids = Array.from({ length: 250 }, (_, index) => `s-${String(index).padStart(3, "0")}`);
  for (const id of ids) await registry.create({ id });
  await page.goto("/mcp/sessions");
  await expect(rows(page).first()).toHaveText("s-249");
  await page.getByRole("row", { name: /s-249/ }).focus();
  await expect(async () => {
    await page.keyboard.press("End");
    await expect(page.getByRole("row", { name: /s-000/ })).toBeFocused({ timeout: 500 });
  }).toPass();
  expect(await rows(page).count()).toBeLessThan(60);

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: /CSV/ }).click();
  const text = await readFile(await (await download).path(), "utf8");
  expect(
    text
      .trimEnd()
      .split("\r\n")
      .slice(1)
      .map((line) => line.split(",")[0]),
  ).toEqual(ids.toReversed());
});

test("the list is where it was left when the way back leads to it", async ({ page, registry }) => {
  for (let index = 0; index < 80; index += 1) await registry.create({ id: `s-${String(index).padStart(2, "0")}` });
  await page.goto("/mcp/sessions");
  await expect(rows(page).first()).toHaveText("s-79");
  const scroller = page.getByRole("grid", { name: "Sessions" }).locator("..");
  await scroller.evaluate((element) => {
    element.scrollTop = 1_500;
  });
  await expect(page.getByRole("row", { name: /s-45/ })).toBeInViewport();
  await page.getByRole("checkbox", { name: "notes" }).check();
  await expect(page.getByRole("row", { name: /s-79/ })).toBeInViewport();
  await page.goBack();
  await expect(page.getByRole("button", { name: "Edit server:notes" })).toBeHidden();
  await expect(page.getByRole("row", { name: /s-45/ })).toBeInViewport();
  expect(await scroller.evaluate((element) => element.scrollTop)).toBe(1_500);
});

test("a list that begins with the oldest goes on with new sessions", async ({ page, registry }) => {
  for (let index = 0; index < 105; index += 1) await registry.create({ id: `s-${String(index).padStart(3, "0")}` });
  await page.goto("/mcp/sessions?sort=createdAt.asc");
  await expect(rows(page).first()).toHaveText("s-000");
  await page.getByRole("row", { name: /s-000/ }).focus();
  await expect(async () => {
    await page.keyboard.press("End");
    await expect(page.getByRole("row", { name: /s-104/ })).toBeFocused({ timeout: 500 });
  }).toPass();
  await registry.create({ id: "latest" });
  await expect(page.getByRole("row", { name: /latest/ })).toBeAttached({ timeout: 30_000 });
  await expect(page.getByRole("row", { name: /s-104/ })).toBeFocused();
});

test("a phone sorts by a menu", async ({ page, registry }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await registry.create({ id: "one" });
  await registry.create({ id: "two" });
  await page.goto("/mcp/sessions");
  await expect(rows(page)).toHaveText(["two", "one"]);
  await page.getByRole("button", { name: "Sort" }).click();
  await expectAccessible(page, "the menu of orders");
  await page.getByRole("menuitemradio", { name: "Earliest first" }).click();
  await expect(rows(page)).toHaveText(["one", "two"]);
  await expect(page).toHaveURL(/sort=createdAt\.asc/);
});

for (const colorScheme of SCHEMES) {
  test(`the sessions page is accessible in its states (${colorScheme})`, async ({ page, registry }) => {
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto("/mcp/sessions");
    await expect(page.getByText("Waiting for the first session")).toBeVisible();
    await expectAccessible(page, "the empty sessions page");

    await registry.create({ id: "alive", labels: { team: "core" } });
    const ended = await registry.create({ id: "ended" });
    await registry.end(ended.id);
    await page.goto("/mcp/sessions?query=-label.nobody%3D*&columns=status,created,ended,labels");
    await expect(rows(page)).toHaveCount(2);
    await page.getByRole("checkbox", { name: "Select session alive" }).check();
    await expectAccessible(page, "the sessions page");

    await filter(page).fill("stat");
    await expect(page.getByRole("option").first()).toBeVisible();
    await expectAccessible(page, "suggestions");
    await filter(page).fill("stauts:x");
    await filter(page).press("Enter");
    await expect(page.getByText(/is not a field/)).toBeVisible();
    await expectAccessible(page, "a bad term");

    await page.goto("/mcp/sessions?query=nobody");
    await expect(page.getByText("No session matches")).toBeVisible();
    await expectAccessible(page, "no match");
  });
}
