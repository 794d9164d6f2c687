import type { Locator, Page } from "@playwright/test";

/** The overview as an operator reads it. */
export class OverviewPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.goto("/mcp");
  }

  /** A status card: Active, Disconnected or Total. */
  card(label: string): Locator {
    const cards = this.page.getByRole("list", { name: "Sessions by status" }).getByRole("listitem");
    return cards.filter({ has: this.page.getByRole("heading", { name: label }) });
  }

  /** The number of active sessions in an age bucket, Healthy, Aging or Stale, followed by its share. */
  bucketCount(label: string): Locator {
    const card = this.page.getByRole("region", { name: "Age distribution" });
    return card.locator("dl > div").filter({ hasText: label }).locator("dd").first();
  }

  /** The row of a session in the recent activity. */
  row(sessionId: string): Locator {
    const link = this.page.locator(`a[href="/mcp/sessions/${encodeURIComponent(sessionId)}"]`);
    return this.page.getByRole("table", { name: "Recent activity" }).getByRole("row").filter({ has: link });
  }

  async terminate(sessionId: string, reason: string): Promise<void> {
    await this.row(sessionId)
      .getByRole("button", { name: /^Terminate session/ })
      .click();
    const dialog = this.page.getByRole("dialog", { name: "Terminate this session?" });
    await dialog.getByLabel("Reason").fill(reason);
    await dialog.getByRole("button", { name: "Terminate" }).click();
  }
}
