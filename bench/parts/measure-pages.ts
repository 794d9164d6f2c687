import { setTimeout as wait } from "node:timers/promises";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { findBrowser } from "../../scripts/find-browser.mjs";
import { seedSessions } from "../data/seed-sessions";
import { keepTimings, type PageTimings, readTimings } from "../pages/page-timings";
import { watchPaints } from "../pages/watch-paints";
import { productionEntry, startServer } from "../server/start-server";
import type { BenchContext, PartReport } from "./bench-context";
import { type PageFigures, reportPages } from "./report-pages";

const MAX_ACTIVE = 10_000;
/** What the browser still has to do, and to tell. */
const SETTLE_MS = 500;

/** What an operator waits for: the sessions page of a large registry, what is done on it, and what happens elsewhere. */
export async function measurePages(context: BenchContext): Promise<PartReport> {
  const { sizes, progress } = context;
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  });
  try {
    const figures: PageFigures[] = [];
    for (const stored of sizes.pageSessions) {
      progress(`pages: ${String(stored)} sessions`);
      figures.push(await measureRegistry(context, browser, stored));
    }
    return reportPages(context, figures);
  } finally {
    await browser.close();
  }
}

async function measureRegistry({ sizes, cores, workDir }: BenchContext, browser: Browser, stored: number) {
  const dataDir = join(workDir, `pages-${String(stored)}`);
  const active = Math.min(MAX_ACTIVE, stored / 10);
  await seedSessions({ dataDir, active, ended: stored - active });
  const server = await startServer({ args: productionEntry(), dataDir, core: cores?.server ?? null });
  try {
    const visits: PageTimings[] = [];
    for (let visit = 0; visit < sizes.pageVisits; visit += 1) visits.push(await visitSessions(browser, server.url));
    return { stored, visits, paintsMs: await followEvents(browser, server.url, sizes.pageEvents) };
  } finally {
    await server.kill("SIGTERM");
  }
}

async function visitSessions(browser: Browser, url: string): Promise<PageTimings> {
  const page = await openPage(browser);
  try {
    await keepTimings(page);
    await page.goto(`${url}/mcp/sessions`);
    await page.getByText("Live", { exact: true }).waitFor();
    await wait(SETTLE_MS);
    // What moves afterwards moves because it was asked to.
    const { layoutShift } = await readTimings(page);
    await workOnTable(page);
    await wait(SETTLE_MS);
    return { ...(await readTimings(page)), layoutShift };
  } finally {
    await page.context().close();
  }
}

/** Filters, sorts, walks and chooses, as an operator does who looks for something. */
async function workOnTable(page: Page): Promise<void> {
  const rows = page.getByRole("grid", { name: "Sessions" }).getByRole("row");
  await rows.nth(1).waitFor();
  const filter = page.getByRole("combobox", { name: "Filter sessions" });
  await filter.click();
  await page.keyboard.type("server:server-1", { delay: 40 });
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Edit server:server-1" }).waitFor();
  await page.getByRole("button", { name: "Created" }).click();
  await page.getByRole("checkbox", { name: /^Active/ }).click();
  await rows.nth(1).getByRole("checkbox").click();
  for (let step = 0; step < 30; step += 1) await page.keyboard.press("ArrowDown");
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Labels" }).click();
  await page.keyboard.press("Escape");
}

/** Milliseconds from a request that makes an event to the painted row, of starts and ends in turn. */
async function followEvents(browser: Browser, url: string, count: number): Promise<number[]> {
  const page = await openPage(browser);
  await page.goto(`${url}/mcp`);
  await page.getByText("Live", { exact: true }).waitFor();
  const paintOf = await watchPaints(page, ["Closed"]);
  const paintsMs: number[] = [];
  for (let event = 0; event < count; event += 1) {
    const id = `event-${String(event)}`;
    const startedAt = Date.now();
    await send("POST", `${url}/api/mcp/sessions`, { id, server: "server-1" });
    paintsMs.push((await paintOf(id)) - startedAt);
    const endedAt = Date.now();
    await send("DELETE", `${url}/api/mcp/sessions/${id}`, { as: "closed", by: "client" });
    paintsMs.push((await paintOf(id, "Closed")) - endedAt);
  }
  await page.context().close();
  return paintsMs;
}

async function openPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1_440, height: 900 } });
  return context.newPage();
}

async function send(method: string, url: string, body: object): Promise<void> {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(url, { method, headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`Unexpected answer ${String(answer.status)}: ${await answer.text()}`);
}
