/** Every single-key shortcut: what to press, one key after the other, and what it is for. */
export const SHORTCUTS = [
  { id: "filter", keys: ["/"], label: "Filter the sessions", group: "Anywhere" },
  { id: "help", keys: ["?"], label: "Show this list", group: "Anywhere" },
  { id: "overview", keys: ["g", "o"], label: "Go to the overview", group: "Anywhere" },
  { id: "sessions", keys: ["g", "s"], label: "Go to the sessions", group: "Anywhere" },
  { id: "servers", keys: ["g", "v"], label: "Go to the servers", group: "Anywhere" },
  { id: "nextRow", keys: ["j"], label: "Next row", group: "In a table of sessions" },
  { id: "previousRow", keys: ["k"], label: "Previous row", group: "In a table of sessions" },
  { id: "openRow", keys: ["Enter"], label: "Open the session", group: "In a table of sessions" },
  { id: "selectRow", keys: ["x"], label: "Select the session", group: "In a table of sessions" },
] as const;

export type ShortcutId = (typeof SHORTCUTS)[number]["id"];

export const SHORTCUT_GROUPS = ["Anywhere", "In a table of sessions"] as const;

export function shortcutKeys(id: ShortcutId): readonly string[] {
  return SHORTCUTS.find((shortcut) => shortcut.id === id)?.keys ?? [];
}
