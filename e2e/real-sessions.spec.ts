import { openNotesSession, SessionEndedError } from "../examples/clients/notes-session";
import { startNotes } from "./support/processes";
import { expect, test } from "./support/test";
import { OverviewPage } from "./support/overview-page";

test.use({ settings: { HOLDFAST_AGING_AFTER_MS: "1500", HOLDFAST_STALE_AFTER_MS: "12000" } });

test("a real client's session appears by itself on a page that waited for it", async ({ page, connect }) => {
  const overview = new OverviewPage(page);
  await overview.open();
  await expect(page.getByRole("heading", { name: "Waiting for the first session" })).toBeVisible();

  const session = await connect({ name: "atlas-ide", version: "3.2.0" });

  await expect(overview.row(session.id)).toContainText("atlas-ide");
  await expect(overview.card("Active")).toContainText("1");
});

test("a session whose client goes quiet moves through the age buckets", async ({ page, connect }) => {
  const overview = new OverviewPage(page);
  const session = await connect();
  await session.call("list_notes", {});
  await overview.open();
  await expect(overview.row(session.id)).toContainText(/Healthy|Aging/);

  await expect(overview.bucketCount("Aging")).toHaveText(/^1 /);
  await expect(overview.row(session.id)).toContainText("Aging");
  await expect(overview.bucketCount("Stale")).toHaveText(/^1 /, { timeout: 30_000 });
});

test("terminating a session in the browser makes its client's next request fail with 404", async ({
  page,
  connect,
}) => {
  const overview = new OverviewPage(page);
  const doomed = await connect({ name: "runaway-agent" });
  const spared = await connect({ name: "bystander" });
  expect(await doomed.call("list_notes", {})).toEqual({ ok: true });
  await overview.open();

  await overview.terminate(doomed.id, "Runaway agent");

  await expect(overview.row(doomed.id)).toContainText("Terminated");
  await expect(overview.card("Disconnected")).toContainText("1");
  // The server learns it at once, though not before the page does; until then a call may still get through.
  await expect(async () => {
    await expect(doomed.call("list_notes", {})).rejects.toThrow(SessionEndedError);
  }).toPass();
  expect(await spared.call("list_notes", {})).toEqual({ ok: true });

  await overview.row(doomed.id).getByRole("link").click();
  await expect(page.getByRole("region", { name: "Lifecycle", exact: true })).toContainText(
    /acknowledged by pid \d+ in \d+ m?s/,
  );
});

test("a client that says goodbye shows as closed, with the reason", async ({ page, connect }) => {
  const overview = new OverviewPage(page);
  const session = await connect();
  await overview.open();
  await expect(overview.row(session.id)).toContainText(/Healthy|Aging/);

  await session.end();

  await expect(overview.row(session.id)).toContainText("Closed");
  await overview.row(session.id).getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(session.id);
  await expect(page.getByText(/client closed/i).first()).toBeVisible();
});

test("a session outlives its server process, and its client notices nothing", async ({ page, holdfast }) => {
  const overview = new OverviewPage(page);
  const first = await startNotes(holdfast.url, ["--lease-ms", "2000"]);
  const session = await openNotesSession(first.url, { name: "old-faithful", version: "1.0.0", user: "ada" });
  await session.call("list_notes", {});
  await overview.open();
  await expect(overview.row(session.id)).toContainText(/Healthy|Aging/);

  await first.kill();
  await expect(overview.row(session.id)).toContainText("Disconnected");

  const second = await startNotes(holdfast.url, ["--lease-ms", "2000", "--port", first.url.port]);
  await expect(overview.row(session.id)).toContainText(/Healthy|Aging/);
  expect(await session.call("list_notes", {})).toEqual({ ok: true });
  await session.drop();
  await second.stop();
});
