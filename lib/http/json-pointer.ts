const MAX_PART_LENGTH = 64;

/** A JSON pointer (RFC 6901) for a problem document; long names are cut, so that none comes back as an answer of its size. */
export function jsonPointer(path: readonly PropertyKey[]): string {
  return path
    .map((part) => `/${String(part).slice(0, MAX_PART_LENGTH).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
}
