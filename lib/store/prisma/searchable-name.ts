const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;
const MAX_LENGTH = 256;

/** A client's name as it is filtered by: SQLite's text functions stop at a NUL. Null when nothing is left to filter by. */
export function searchableName(name: unknown): string | null {
  if (typeof name !== "string") return null;
  // The cut may go through a character.
  const text = name.replace(CONTROL, "").slice(0, MAX_LENGTH).toWellFormed();
  return text === "" ? null : text;
}
