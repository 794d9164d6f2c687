import { OverviewPage } from "./support/overview-page";
import { expect, test } from "./support/test";

test("terminates from the keyboard, with the reason in the timeline", async ({ page, registry }) => {
  const { id } = await registry.create({ id: "keyboard-only" });
  await page.goto(`/mcp/sessions/${id}`);
  await page.getByRole("button", { name: /^Terminate/ }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Terminate this session?" });
  await expect(dialog).toBeVisible();
  await dialog.getByLabel("Reason").fill("asked for by the on-call");
  await dialog.getByRole("button", { name: "Terminate" }).focus();
  await page.keyboard.press("Enter");

  await expect(dialog).toBeHidden();
  await expect(page.getByText("asked for by the on-call").first()).toBeVisible();
  expect(await registry.read(id)).toMatchObject({ status: "terminated", endReason: "operator_terminated" });
});

test("cancelling leaves the session alone and gives the focus back", async ({ page, registry }) => {
  const { id } = await registry.create();
  const overview = new OverviewPage(page);
  await overview.open();
  const button = overview.row(id).getByRole("button", { name: /^Terminate session/ });
  await button.click();
  await page.keyboard.press("Escape");

  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(button).toBeFocused();
  expect(await registry.read(id)).toMatchObject({ status: "active" });
});

test("a refused termination says why and fakes nothing", async ({ page, registry }) => {
  const { id } = await registry.create();
  const overview = new OverviewPage(page);
  await overview.open();
  await expect(overview.row(id)).toBeVisible();
  await page.route("**/api/mcp/sessions/*", (route) =>
    route.request().method() === "DELETE"
      ? route.fulfill({
          status: 507,
          contentType: "application/problem+json",
          json: {
            type: "/problems/storage-full",
            title: "The storage is full",
            status: 507,
            code: "storage_full",
            detail: "The disk or the database is full; nothing was written.",
            hint: "Nothing was written; free space on the disk.",
            requestId: "test-request",
          },
        })
      : route.fallback(),
  );

  await overview.terminate(id, "no room");

  await expect(page.getByRole("dialog").getByRole("alert")).toContainText("The storage is full");
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await expect(overview.row(id)).toContainText("Healthy");
  await page.unroute("**/api/mcp/sessions/*");
  expect(await registry.read(id)).toMatchObject({ status: "active" });
});

test("a session that ended meanwhile is told as such", async ({ page, registry }) => {
  const { id } = await registry.create();
  const overview = new OverviewPage(page);
  await overview.open();
  await overview
    .row(id)
    .getByRole("button", { name: /^Terminate session/ })
    .click();
  await registry.end(id, { as: "closed", by: "client" });
  await page.getByRole("dialog").getByRole("button", { name: "Terminate" }).click();

  await expect(page.getByRole("dialog")).toContainText(/ended|closed/i);
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).first().click();
  await expect(overview.row(id)).toContainText("Closed");
});
