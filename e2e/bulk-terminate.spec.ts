import { SessionEndedError } from "../examples/clients/notes-session";
import { expectAccessible, SCHEMES } from "./support/axe";
import { BulkTermination, idsWithStatus, planTermination } from "./support/bulk-termination";
import { expect, test } from "./support/test";

const REAL_SESSIONS = 60;

test("ends exactly the real sessions that the dry run showed, and says what their server answered", async ({
  page,
  holdfast,
  registry,
  connect,
}) => {
  test.slow();
  const clients = await Promise.all(
    Array.from({ length: REAL_SESSIONS }, (_, index) => connect({ name: `agent-${String(index)}` })),
  );
  await registry.create({ id: "bystander", server: "other" });
  const shown = clients.map(({ id }) => id).sort();
  await expect.poll(() => idsWithStatus(holdfast.url, "active")).toHaveLength(REAL_SESSIONS + 1);
  const { id, count } = await planTermination(holdfast.url, {
    filter: { query: "status:active -server:other" },
    reason: "rotten batch",
    perSecond: 200,
  });
  expect(count).toBe(REAL_SESSIONS);

  const termination = new BulkTermination(page);
  await termination.open(id);
  await expect(termination.heading("Terminate 60 sessions?")).toBeVisible();
  // These come too late: they match, and are not in the set.
  const late = await connect({ name: "agent-late" });
  const [first, ...others] = clients;
  await first?.end();
  await expect.poll(() => idsWithStatus(holdfast.url, "closed")).toEqual([first?.id]);
  await termination.confirm(REAL_SESSIONS);

  await expect(termination.heading("Terminated")).toBeVisible();
  await expect(termination.dialog.getByText("59 of 60 sessions terminated.").first()).toBeVisible();
  expect(await idsWithStatus(holdfast.url, "terminated")).toEqual(shown.filter((name) => name !== first?.id));
  expect(await idsWithStatus(holdfast.url, "active")).toEqual(["bystander", late.id].sort());
  await expect(termination.results.getByText(/^Acknowledged by pid \d+ in \d+ m?s$/).first()).toBeVisible();
  await expect(termination.results.getByText("Had ended before: client closed")).toBeVisible();
  await expect(termination.dialog.locator("dl > div").filter({ hasText: "Acknowledged" })).toContainText("59");
  await expect(async () => {
    await expect(others[0]?.call("list_notes", {})).rejects.toThrow(SessionEndedError);
  }).toPass();
  expect(await late.call("list_notes", {})).toEqual({ ok: true });
});

test("is made from the sessions that were picked in the table", async ({ page, holdfast, registry }) => {
  test.slow();
  for (let index = 0; index < 30; index += 1) await registry.create({ id: `s-${String(index)}` });
  await page.goto("/mcp/sessions");
  await page.getByRole("checkbox", { name: "Select all loaded sessions" }).check();
  await page.getByRole("checkbox", { name: "Select session s-29" }).uncheck();
  await page.getByRole("group", { name: "Selected sessions" }).getByRole("button", { name: "Terminate…" }).click();
  const termination = new BulkTermination(page);
  await expect(termination.dialog.getByText("29 selected sessions")).toBeVisible();
  await termination.dialog.getByLabel("Reason").fill("picked by hand");
  await termination.dialog.getByLabel("Sessions per second").fill("1000");
  await termination.button("Show what it would end").click();
  await expect(termination.heading("Terminate 29 sessions?")).toBeVisible();
  expect(await idsWithStatus(holdfast.url, "terminated")).toEqual([]);
  await termination.confirm(29);

  await expect(termination.heading("Terminated")).toBeVisible();
  await termination.button("Done").click();
  await expect(termination.dialog).toBeHidden();
  expect(await idsWithStatus(holdfast.url, "active")).toEqual(["s-29"]);
  expect(await registry.read("s-0")).toMatchObject({ endReason: "operator_terminated", endDetail: "picked by hand" });
});

test("goes on while nobody looks, is come back to after a reload, and is cancelled midway", async ({
  page,
  holdfast,
  registry,
}) => {
  test.slow();
  for (let index = 0; index < 40; index += 1) await registry.create({ id: `s-${String(index)}` });
  const { id } = await planTermination(holdfast.url, { filter: {}, perSecond: 1 });
  const termination = new BulkTermination(page);
  await termination.open(id);
  await expect(termination.button("Terminate 40 sessions")).toBeVisible();
  await termination.dialog.getByLabel(/type the number of sessions/).fill("39");
  await termination.button("Terminate 40 sessions").click({ force: true });
  await expect(termination.heading("Terminate 40 sessions?")).toBeVisible();
  await termination.confirm(40);
  await expect(termination.heading("Terminating 40 sessions…")).toBeVisible();

  await page.reload();
  await expect(termination.heading("Terminating 40 sessions…")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(termination.dialog).toBeHidden();
  await expect(page).not.toHaveURL(/termination=/);
  await page.getByRole("button", { name: /^Terminating \d+ of 40$/ }).click();
  await termination.button("Cancel the rest").click();

  await expect(termination.heading("Termination stopped")).toBeVisible();
  const ended = await idsWithStatus(holdfast.url, "terminated");
  expect(ended.length).toBeGreaterThan(0);
  expect(ended.length).toBeLessThan(40);
  await expect(termination.dialog).toContainText(
    `Cancelled: ${String(ended.length)} of 40 sessions terminated. ${String(40 - ended.length)} left as they were.`,
  );
});

test("is planned, confirmed and followed from the keyboard alone", async ({ page, holdfast, registry }) => {
  for (let index = 0; index < 26; index += 1) await registry.create({ id: `s-${String(index)}` });
  const { id } = await planTermination(holdfast.url, { filter: {}, perSecond: 1_000 });
  const termination = new BulkTermination(page);
  await termination.open(id);
  await expect(termination.heading("Terminate 26 sessions?")).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.type("26");
  await page.keyboard.press("Enter");

  await expect(termination.heading("Terminated")).toBeFocused();
  await expect(termination.dialog.getByRole("status")).toHaveText("26 of 26 sessions terminated.");
  expect(await idsWithStatus(holdfast.url, "terminated")).toHaveLength(26);
});

for (const colorScheme of SCHEMES) {
  test(`is accessible and fits a phone in every step (${colorScheme})`, async ({ page, holdfast, registry }) => {
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const names = Array.from(
      { length: 200 },
      (_, index) => `session-with-a-long-name-${String(index).padStart(40, "0")}`,
    );
    // So many, one a second, that the job still runs when its looks have been examined.
    await Promise.all(names.map((name) => registry.create({ id: name })));
    await registry.end(`session-with-a-long-name-${"3".padStart(40, "0")}`);
    const filter = { query: "server:notes" };
    const { id, count } = await planTermination(holdfast.url, {
      filter,
      reason: "long ".repeat(40).trim(),
      perSecond: 1,
    });
    const termination = new BulkTermination(page);
    await termination.open(id);
    await expect(termination.heading("Terminate 199 sessions?")).toBeVisible();
    await expectAccessible(page, "the plan");
    await termination.confirm(count);
    await expect(termination.heading("Terminating 199 sessions…")).toBeVisible();
    await termination.button("Show sessions").click();
    await expect(termination.results).toBeVisible();
    await expectAccessible(page, "the running job");
    await termination.button("Cancel the rest").click();
    await expect(termination.heading("Termination stopped")).toBeVisible();
    await expectAccessible(page, "the job that stopped");
  });
}
