import type { Page } from "@playwright/test";
import { expectAccessible, SCHEMES } from "./support/axe";
import { createInstanceClient } from "./support/instance-client";
import { OverviewPage } from "./support/overview-page";
import { expect, test } from "./support/test";

const panel = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

test("a termination shows its request at once and its server's answer soon after", async ({
  page,
  holdfast,
  registry,
}) => {
  const notes = createInstanceClient(holdfast.url);
  await notes.register({ leaseMs: 60_000 });
  const { id } = await registry.create({ instanceId: notes.id, bootId: notes.bootId });
  await page.goto(`/mcp/sessions/${id}`);
  await page.getByRole("button", { name: "Terminate" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Terminate" }).click();

  const lifecycle = panel(page, "Lifecycle");
  await expect(lifecycle).toContainText(/Requested [\d:.]+ · no answer yet: refused at its next use/);
  await notes.acknowledge(await notes.beat());
  // Well before the next regular poll.
  await expect(lifecycle).toContainText(/Requested [\d:.]+ · acknowledged by pid 4121 in \d+ m?s/, { timeout: 5_000 });
  await expect(panel(page, "Timeline")).toContainText("Command answered");
});

test("a reconnect token is shown once, and brings a disconnected session back", async ({ page, request, registry }) => {
  const { id } = await registry.create({ id: "to-be-recovered" });
  await request.patch(`/api/mcp/sessions/${id}/state`, { data: { counter: 5, lastTool: "list_nodes" } });
  await request.post(`/api/mcp/sessions/${id}/disconnect`, { data: { detail: "socket hang up" } });
  await page.goto(`/mcp/sessions/${id}`);
  await expect(panel(page, "Recovery")).toContainText("Recoverable until");

  await page.getByRole("button", { name: "Reconnect token" }).click();
  const dialog = page.getByRole("dialog", { name: "Reconnect token" });
  await dialog.getByRole("button", { name: "Issue a token" }).click();
  const shown = dialog.getByRole("region", { name: "Reconnect token" });
  await expect(shown).toHaveText(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/);
  await expect(dialog).toContainText(/Expires in 1[45] min/);
  const token = (await shown.textContent()) ?? "";
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  expect(await page.content()).not.toContain(token);
  expect(page.url()).not.toContain(token);

  const answer = await request.post(`/api/mcp/sessions/${id}/reconnect`, { data: { token, server: "notes" } });
  expect(answer.status()).toBe(200);
  await expect(panel(page, "Recovery")).toBeHidden();
  await expect(panel(page, "Figures")).toContainText("Healthy");
  await expect(panel(page, "Timeline")).toContainText("Reconnected");
  await expect(panel(page, "State")).toContainText("counter: 5");
});

test("a disconnected session is terminated from the overview", async ({ page, request, registry }) => {
  const { id } = await registry.create();
  await request.post(`/api/mcp/sessions/${id}/disconnect`, { data: {} });
  const overview = new OverviewPage(page);
  await overview.open();
  await expect(overview.card("Disconnected")).toContainText("1 recoverable · 0 ended");

  await overview.terminate(id, "nobody will come back for it");

  await expect(overview.row(id)).toContainText("Terminated");
  await expect(overview.card("Disconnected")).toContainText("0 recoverable · 1 ended");
});

for (const colorScheme of SCHEMES) {
  test(`a session is accessible in every state on the way to its end (${colorScheme})`, async ({
    page,
    holdfast,
    request,
    registry,
  }) => {
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const notes = createInstanceClient(holdfast.url);
    await notes.register({ leaseMs: 60_000 });
    const owner = { instanceId: notes.id, bootId: notes.bootId };
    const { id } = await registry.create(owner);
    await request.post(`/api/mcp/sessions/${id}/disconnect`, { data: { detail: "socket hang up" } });
    await page.goto(`/mcp/sessions/${id}`);
    await expect(panel(page, "Recovery")).toBeVisible();
    await expect(panel(page, "Instance")).toContainText("lost the connection to the client");
    await expectAccessible(page, "a disconnected session");

    await page.getByRole("button", { name: "Reconnect token" }).click();
    await page.getByRole("button", { name: "Issue a token" }).click();
    await expect(page.getByText(/^Expires in/)).toBeVisible();
    await expectAccessible(page, "the reconnect token");
    await page.keyboard.press("Escape");

    await request.post(`/api/mcp/sessions/${id}/claim`, { data: owner });
    await registry.end(id, { reason: "for the record" });
    await notes.acknowledge(await notes.beat());
    await page.reload();
    await expect(panel(page, "Lifecycle")).toContainText("acknowledged by pid 4121");
    await expect(panel(page, "Timeline")).toContainText("Claimed");
    await expectAccessible(page, "a terminated session");

    const { id: strange } = await registry.create({ instanceId: "never-registered" });
    await page.goto(`/mcp/sessions/${strange}`);
    await expect(panel(page, "Instance")).toContainText("Never registered");
    await expectAccessible(page, "a session of an unknown instance");
  });
}
