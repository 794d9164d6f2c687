import { type ShortcutId, SHORTCUTS } from "./shortcuts";

/** How long after the first key of a sequence the next one still belongs to it. */
export const SEQUENCE_MS = 1_000;

/** The beginning of a sequence, and when its last key was pressed. */
export interface KeySequence {
  keys: readonly string[];
  at: number;
}

export const NO_KEYS: KeySequence = { keys: [], at: 0 };

interface KeyPress {
  key: string;
  /** Epoch milliseconds. */
  at: number;
}

interface KeyOutcome {
  sequence: KeySequence;
  shortcut: ShortcutId | null;
}

/** What a key means after those before it: a shortcut, the beginning of one, or nothing. */
export function pressKey(before: KeySequence, { key, at }: KeyPress): KeyOutcome {
  const earlier = at - before.at <= SEQUENCE_MS ? before.keys : [];
  const keys = [...earlier, key];
  const candidates = SHORTCUTS.filter((shortcut) => keys.every((pressed, index) => shortcut.keys[index] === pressed));
  const complete = candidates.find((shortcut) => shortcut.keys.length === keys.length);
  if (complete) return { sequence: NO_KEYS, shortcut: complete.id };
  if (candidates.length > 0) return { sequence: { keys, at }, shortcut: null };
  // A key that does not continue the sequence may begin another.
  return earlier.length > 0 ? pressKey(NO_KEYS, { key, at }) : { sequence: NO_KEYS, shortcut: null };
}
