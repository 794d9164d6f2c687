export type JsonEntry = readonly [name: string, value: unknown];

export interface JsonContainer {
  isList: boolean;
  entries: readonly JsonEntry[];
}

/** An object's members or a list's items in order; null for a value that contains nothing. */
export function containerOf(value: unknown): JsonContainer | null {
  if (typeof value !== "object" || value === null) return null;
  return { isList: Array.isArray(value), entries: Object.entries(value) };
}

/** Whether a document has at most so many values, nested ones included; looks no further than it must. */
export function hasAtMost(value: unknown, limit: number): boolean {
  const open: unknown[] = [value];
  for (let seen = 0; open.length > 0; seen += 1) {
    if (seen + open.length > limit) return false;
    const next = open.pop();
    if (typeof next !== "object" || next === null) continue;
    for (const child of Object.values(next)) open.push(child);
  }
  return true;
}

export interface JsonText {
  /** Indented, to be copied. */
  text: string;
  /** Size of the compact form in UTF-8, as the registry measures it. */
  bytes: number;
}

export function prepareJson(value: unknown): JsonText {
  return {
    text: JSON.stringify(value, null, 2),
    bytes: new TextEncoder().encode(JSON.stringify(value)).length,
  };
}
