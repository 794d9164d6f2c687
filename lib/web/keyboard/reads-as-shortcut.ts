/** Fields of these kinds take no text: letters typed in them are free. */
const KEYLESS_INPUTS = new Set(["checkbox", "radio", "button", "submit", "reset"]);
const OPEN_LAYERS = '[role="dialog"], [role="alertdialog"], [role="menu"]';

/** Whether a key press may be a shortcut: nobody is typing, no modifier is held, nothing lies over the page. */
export function readsAsShortcut(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  return !isTyping(event.target) && document.querySelector(OPEN_LAYERS) === null;
}

/** Ctrl-K, or Command-K on a Mac. */
export function isPaletteKey(event: KeyboardEvent): boolean {
  const isChord = event.ctrlKey !== event.metaKey && !event.altKey && !event.shiftKey;
  return isChord && event.key.toLowerCase() === "k";
}

/** The key as shortcuts name it, whether or not Caps Lock is on. */
export function keyOf({ key, shiftKey }: KeyboardEvent): string {
  return key.length === 1 && !shiftKey ? key.toLowerCase() : key;
}

/** Enter does whatever the control in focus does; only a row has it open its session. */
export function isCharacterKey(key: string): boolean {
  return key.length === 1;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !KEYLESS_INPUTS.has(target.type);
  if (target.closest("textarea, select, [role='textbox'], [role='combobox'], [role='listbox']")) return true;
  const editable = target.closest("[contenteditable]");
  return editable !== null && editable.getAttribute("contenteditable") !== "false";
}
