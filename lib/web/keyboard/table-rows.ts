/** Rows that the keyboard can walk carry `data-row`; a box that selects one carries `data-row-select`. */
const ROW = "[data-row]";

/** Puts the focus on the row after or before the one it is in; on the first row when it is in none. */
export function moveRow(step: 1 | -1): void {
  const row = currentRow();
  if (row === null) return firstRow()?.focus();
  if (row.closest('[role="grid"]')) {
    // A grid moves through more rows than the page holds, and does so itself.
    row.dispatchEvent(new KeyboardEvent("keydown", { key: step === 1 ? "ArrowDown" : "ArrowUp", bubbles: true }));
    return;
  }
  const rows = [...document.querySelectorAll<HTMLElement>(ROW)];
  rows[rows.indexOf(row) + step]?.focus();
}

/** Follows the link of the row in focus; false when it is not the row itself that has the focus. */
export function openRow(): boolean {
  const row = currentRow();
  if (row === null || row !== document.activeElement) return false;
  row.querySelector<HTMLElement>("a[href]")?.click();
  return true;
}

/** Selects the row in focus, or lets go of it. */
export function selectRow(): void {
  currentRow()?.querySelector<HTMLElement>("[data-row-select]")?.click();
}

function currentRow(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>(ROW) ?? null;
}

function firstRow(): HTMLElement | null {
  // In a grid that was left, the row to come back to is the one that Tab reaches.
  return document.querySelector<HTMLElement>(`${ROW}[tabindex="0"]`) ?? document.querySelector<HTMLElement>(ROW);
}
