import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";

const WIDTHS = [360, 1440];
const SCHEMES = ["light", "dark"] as const;

async function violationsOn(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
}

/** A page that scrolls sideways hides something. */
async function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

for (const colorScheme of SCHEMES) {
  test(`every page is accessible, fits its screen and logs no error (${colorScheme})`, async ({ page, registry }) => {
    test.slow();
    const errors: string[] = [];
    page.on("console", (message) => {
      // A page that is not found is a 404 on purpose.
      if (message.type() === "error" && !message.text().includes("404")) errors.push(message.text());
    });
    page.on("pageerror", (error) => errors.push(error.message));
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });

    await page.goto("/mcp");
    await expect(page.getByRole("heading", { name: "Waiting for the first session" })).toBeVisible();
    expect(await violationsOn(page)).toEqual([]);

    await registry.create({ id: "alive", labels: { team: "core" }, capabilities: ["tools"], principal: "user-42" });
    const ended = await registry.create({ id: "ended/with?odd#chars" });
    await registry.end(ended.id, { reason: "for the record" });
    const pages = [
      "/mcp",
      "/mcp/sessions/alive",
      `/mcp/sessions/${encodeURIComponent(ended.id)}`,
      "/mcp/sessions/unknown",
      "/docs",
    ];
    for (const path of pages) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        expect(await overflowOf(page), `${path} at ${String(width)} px`).toBeLessThanOrEqual(0);
        expect(await violationsOn(page), `${path} at ${String(width)} px`).toEqual([]);
      }
    }
    expect(errors).toEqual([]);
  });
}
