import type { Page } from "@playwright/test";
import { expectAccessible, SCHEMES } from "./support/axe";
import { createInstanceClient } from "./support/instance-client";
import { OverviewPage } from "./support/overview-page";
import { expect, test } from "./support/test";

const server = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const instance = (page: Page, id: string) => page.getByRole("listitem").filter({ hasText: id });

test("an instance appears by itself on a page that waited for it, with what it said of itself", async ({
  page,
  holdfast,
  registry,
}) => {
  await page.goto("/mcp");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Servers" }).click();
  await expect(page.getByRole("heading", { name: "Waiting for the first server" })).toBeVisible();

  const notes = createInstanceClient(holdfast.url);
  await notes.register({ protocolVersions: ["2025-06-18", "2025-11-25"] });
  await registry.create({ instanceId: notes.id, bootId: notes.bootId });

  const row = instance(page, "notes-1");
  await expect(row).toContainText("Alive");
  for (const fact of ["1 active", "of 30 s", "pid 4121", "node-a", "1.0.0", "2025-06-18, 2025-11-25"]) {
    await expect(row).toContainText(fact);
  }
  await expect(page.getByRole("link", { name: "Servers" })).toHaveAttribute("aria-current", "page");
});

test("a lost instance shows as such, and its sessions as recoverable until it is back", async ({
  page,
  holdfast,
  registry,
}) => {
  // Each step waits for the page's next poll.
  test.slow();
  const notes = createInstanceClient(holdfast.url);
  await notes.register({ leaseMs: 1_000 });
  const { id } = await registry.create({ instanceId: notes.id, bootId: notes.bootId });
  const overview = new OverviewPage(page);

  await expect.poll(() => registry.read(id)).toMatchObject({ status: "disconnected", endReason: "instance_lost" });
  await page.goto("/mcp/servers");
  await expect(instance(page, "notes-1")).toContainText(/Lost .* ago/);
  await expect(instance(page, "notes-1")).toContainText("0 active · 1 disconnected");
  await overview.open();
  await expect(overview.card("Disconnected")).toContainText("1 recoverable · 0 ended");
  await expect(overview.row(id)).toContainText("Disconnected");

  await overview.row(id).getByRole("link").click();
  await expect(page.getByRole("region", { name: "Recovery" })).toContainText(/Recoverable until .* \(in 14 min/);
  await expect(page.getByRole("region", { name: "Instance" })).toContainText("it is not running now");

  await notes.register({ leaseMs: 60_000 });
  await notes.beat();
  await expect(page.getByRole("region", { name: "Recovery" })).toBeHidden();
  await expect(page.getByRole("region", { name: "Figures" })).toContainText("Healthy");
  await expect(page.getByRole("region", { name: "Timeline" })).toContainText("Revived");
  await expect(page.getByRole("region", { name: "Instance" })).toContainText("Serves this session.");
});

test("an instance is drained from the keyboard, takes no new sessions, and takes them again", async ({
  page,
  holdfast,
  registry,
}) => {
  const notes = createInstanceClient(holdfast.url);
  await notes.register({ leaseMs: 60_000 });
  const owner = { instanceId: notes.id, bootId: notes.bootId };
  await registry.create(owner);
  await page.goto("/mcp/servers");
  const drain = page.getByRole("button", { name: "Drain notes-1" });
  await drain.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Drain this instance?" });
  await dialog.getByRole("radio", { name: "Other" }).click();
  await dialog.getByRole("spinbutton", { name: /minutes/ }).fill("90");
  await page.keyboard.press("Enter");

  await expect(dialog).toBeHidden();
  const row = instance(page, "notes-1");
  await expect(row).toContainText(/due in 1 h (30|29) min/);
  await expect(row).toContainText("1 active session left");
  await expect(registry.create(owner)).rejects.toThrow(/instance_draining/);

  await page.getByRole("button", { name: "End the drain of notes-1" }).click();
  await expect(drain).toBeVisible();
  await expect(row).not.toContainText("due in");
  await registry.create(owner);
});

for (const colorScheme of SCHEMES) {
  test(`the servers page is accessible in every state of an instance (${colorScheme})`, async ({
    page,
    holdfast,
    registry,
    request,
  }) => {
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto("/mcp/servers");
    await expect(page.getByRole("heading", { name: "Waiting for the first server" })).toBeVisible();
    await expectAccessible(page, "the empty page");

    const clients = ["alive-1", "lost-1", "draining-1", "stopped-1"].map((id) =>
      createInstanceClient(holdfast.url, id),
    );
    for (const client of clients) {
      await client.register({ leaseMs: client.id === "lost-1" ? 1_000 : 60_000, host: "a-host".repeat(20) });
      await registry.create({ instanceId: client.id, bootId: client.bootId });
    }
    await registry.create({ server: "without-instances" });
    await clients[3]?.stop();
    await request.put("/api/mcp/instances/draining-1/drain", { data: { withinMs: 60_000 } });
    await page.goto("/mcp/servers");
    await expect(instance(page, "lost-1")).toContainText("Lost");
    await expect(server(page, "without-instances")).toContainText("1 session without a lease");
    await page.getByRole("button", { name: "1 earlier boot" }).click();
    await expect(instance(page, "stopped-1")).toContainText("Stopped");
    await expectAccessible(page, "the servers");

    await page.getByRole("button", { name: "Drain alive-1" }).click();
    await page.getByRole("radio", { name: "Other" }).click();
    await page.getByRole("spinbutton", { name: /minutes/ }).fill("0");
    await expectAccessible(page, "the dialog");
  });
}
