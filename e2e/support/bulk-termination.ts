import type { Locator, Page } from "@playwright/test";

/** The dialog that ends many sessions, as an operator reads it. */
export class BulkTermination {
  readonly dialog: Locator;
  readonly progress: Locator;
  readonly results: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.dialog = page.getByRole("dialog");
    this.progress = this.dialog.getByRole("progressbar", { name: "Sessions settled" });
    this.results = this.dialog.getByRole("table", { name: "Results by session" });
  }

  /** Opens a plan or job by its address. */
  async open(id: string): Promise<void> {
    await this.#page.goto(`/mcp/sessions?termination=${id}`);
  }

  heading(name: string | RegExp): Locator {
    return this.dialog.getByRole("heading", { name });
  }

  button(name: string | RegExp): Locator {
    return this.dialog.getByRole("button", { name, exact: true });
  }

  async confirm(count: number): Promise<void> {
    await this.dialog.getByLabel(/type the number of sessions/).fill(String(count));
    await this.button(`Terminate ${String(count)} sessions`).click();
  }
}

export interface PlannedTermination {
  id: string;
  count: number;
}

/** Plans a termination over HTTP, as a script does. */
export async function planTermination(url: string, body: Record<string, unknown>): Promise<PlannedTermination> {
  const response = await fetch(`${url}/api/mcp/terminations`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (response.status !== 201) throw new Error(`The plan was refused: ${await response.text()}`);
  return (await response.json()) as PlannedTermination;
}

/** Ids of the sessions with a status, by the registry's own list. */
export async function idsWithStatus(url: string, status: string): Promise<string[]> {
  const response = await fetch(`${url}/api/mcp/sessions?status=${status}&limit=200`);
  const { sessions } = (await response.json()) as { sessions: { id: string }[] };
  return sessions.map(({ id }) => id).sort();
}
