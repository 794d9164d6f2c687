import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Phones and desktops. */
const WIDTHS = [390, 1440];
export const SCHEMES = ["light", "dark"] as const;

/** The page as it is now: accessible by axe's rules, and no wider than its screen, at every width. */
export async function expectAccessible(page: Page, what: string, widths = WIDTHS): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
    expect(found, `${what} at ${String(width)} px`).toEqual([]);
    // A page that scrolls sideways hides something.
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `${what} at ${String(width)} px`).toBeLessThanOrEqual(0);
  }
}
