import { expectAccessible, SCHEMES } from "./support/axe";
import { expect, test } from "./support/test";

/** The narrowest of phones as well. */
const WIDTHS = [360, 1440];

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
    await expectAccessible(page, "the empty overview", WIDTHS);

    await registry.create({ id: "alive", labels: { team: "core" }, capabilities: ["tools"], principal: "user-42" });
    const ended = await registry.create({ id: "ended/with?odd#chars" });
    await registry.end(ended.id, { reason: "for the record" });
    const pages = [
      "/mcp",
      "/mcp/servers",
      "/mcp/sessions/alive",
      `/mcp/sessions/${encodeURIComponent(ended.id)}`,
      "/mcp/sessions/unknown",
      "/docs",
    ];
    for (const path of pages) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectAccessible(page, path, WIDTHS);
    }
    expect(errors).toEqual([]);
  });
}
