/** Between the mark and the page's own title; no page's title holds it. */
const SEPARATOR = "\u2002";

/** A title with a mark in front of it, in place of one that it may have already; null takes that away. */
export function markTitle(title: string, mark: string | null): string {
  const own = title.slice(title.indexOf(SEPARATOR) + 1);
  return mark === null ? own : `${mark}${SEPARATOR}${own}`;
}
