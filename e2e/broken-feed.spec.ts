import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import Database from "better-sqlite3";
import { openNotesSession } from "../examples/clients/notes-session";
import { countPolls, freshness, layCable } from "./support/live-feed";
import { OverviewPage } from "./support/overview-page";
import { type RunningHoldfast, type RunningNotesServer, startHoldfast, startNotes } from "./support/processes";
import { expect, test } from "./support/test";

let folder: string;
let holdfast: RunningHoldfast;
let notes: RunningNotesServer;
test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "holdfast-e2e-"));
  holdfast = await startHoldfast({ HOLDFAST_DATA_DIR: folder });
  notes = await startNotes(holdfast.url);
});
test.afterEach(async () => {
  await notes.stop();
  await holdfast.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Sessions in the recent activity with their status, by id. */
async function rowsOf(page: Page): Promise<string[][]> {
  const rows = page.getByRole("table", { name: "Recent activity" }).locator("tbody tr");
  const shown = await rows.evaluateAll((all) =>
    all.map((row) => [row.querySelector("a")?.title ?? "", row.textContent.includes("Closed") ? "closed" : "active"]),
  );
  return shown.sort();
}

/** The same from the database file itself. */
function recordsOf(): string[][] {
  const database = new Database(join(folder, "holdfast.db"), { readonly: true });
  try {
    return database.prepare('SELECT "id", "status" FROM "Session"').raw().all().sort() as string[][];
  } finally {
    database.close();
  }
}

test("a broken connection is bridged by polls, and of what real clients do nothing is missed or shown twice", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const cable = await layCable(page);
  const overview = new OverviewPage(page);
  const connect = (name: string) => openNotesSession(notes.url, { name, version: "1.0.0", user: "ada" });
  const before = [await connect("one"), await connect("two"), await connect("three")];
  await page.goto(`${holdfast.url}/mcp`);
  await expect(freshness(page)).toHaveText("Live");

  const polls = countPolls(page);
  await cable.cut();
  await expect(freshness(page)).toHaveText(/^(Reconnecting|Polling)/);
  await expect.poll(polls, { timeout: 12_000 }).toBeGreaterThan(0);
  const meanwhile = [await connect("four"), await connect("five"), await connect("six")];
  await before[0]?.end();
  await expect(freshness(page)).toHaveText("Polling every 10 s");
  await expect(overview.row(meanwhile.at(-1)?.id ?? "")).toBeVisible();
  await expect(overview.row(before[0]?.id ?? "")).toContainText("Closed");

  const late = await connect("seven");
  await meanwhile[0]?.end();
  cable.mend();
  await expect(freshness(page)).toHaveText("Live", { timeout: 45_000 });
  // It goes on where it stopped.
  expect(cable.addresses.map(({ searchParams }) => searchParams.has("since"))).toEqual([false, true]);
  const after = await connect("eight");
  await expect(overview.row(after.id)).toBeVisible();
  await expect(overview.row(late.id)).toBeVisible();
  await expect.poll(() => rowsOf(page)).toEqual(recordsOf());
  expect(recordsOf()).toHaveLength(8);
  await expect(overview.card("Total")).toContainText("8");
  await Promise.allSettled([...before, ...meanwhile, late, after].map((session) => session.drop()));
});
