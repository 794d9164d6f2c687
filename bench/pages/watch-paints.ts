import type { Page } from "@playwright/test";

/** When the row of a session was painted first, and when first with this text in it; epoch milliseconds. */
export type PaintOf = (id: string, text?: string) => Promise<number>;

/** Notes from now on when rows of sessions are painted, and when first with one of the given texts in them. */
export async function watchPaints(page: Page, texts: readonly string[] = []): Promise<PaintOf> {
  await page.evaluate((marked) => {
    const painted = new Map<string, number>();
    Object.assign(window, { painted });
    new MutationObserver(() => {
      const marks = [...document.querySelectorAll("tr")].flatMap((row) => {
        const id = row.querySelector("a")?.title ?? "";
        return ["", ...marked.filter((text) => row.textContent.includes(text))].map((text) => `${id} ${text}`);
      });
      const fresh = marks.filter((mark) => !painted.has(mark));
      // The task after the next frame's callbacks: what was changed before them is on screen by then.
      requestAnimationFrame(() => {
        setTimeout(() => {
          for (const mark of fresh) if (!painted.has(mark)) painted.set(mark, Date.now());
        });
      });
    }).observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true });
  }, texts);
  return async (id, text = "") => {
    const handle = await page.waitForFunction(
      (mark) => (window as unknown as { painted: Map<string, number> }).painted.get(mark),
      `${id} ${text}`,
    );
    return (await handle.jsonValue()) ?? 0;
  };
}
