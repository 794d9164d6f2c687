const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;
const MAX_LENGTH = 256;

/** A client's name as it is filtered by: SQLite's text functions stop at a NUL. */
export function searchableName(name: unknown): string | null {
  return typeof name === "string" ? name.replace(CONTROL, "").slice(0, MAX_LENGTH) : null;
}
