import type { Trouble } from "./prepare-trouble";

/** The mark of `app/icon.svg`, which a test compares it with. */
const ICON = [
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">',
  '<rect width="32" height="32" rx="8" fill="#4a4bdc"/>',
  '<g fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round">',
  '<path d="M16 5.5v8"/><path d="M16 13.5c0 5-2 6-8 7.5v5"/><path d="M16 13.5v13"/><path d="M16 13.5c0 5 2 6 8 7.5v5"/>',
  "</g>",
  '<circle cx="16" cy="12.5" r="3.4" fill="#4a4bdc" stroke="#fff" stroke-width="2.6"/>',
];

const RING = '<circle cx="24" cy="8" r="8" fill="#fff"/>';
/** Told apart by form as well: a full dot, and one with a gap. */
const BADGES: Record<Trouble["kind"], string> = {
  lost: `${RING}<circle cx="24" cy="8" r="6.2" fill="#d3372c"/>`,
  stale: `${RING}<circle cx="24" cy="8" r="6.2" fill="#e08a00"/><path d="M24 4.4v4.4M24 11.4v.2" stroke="#fff" stroke-width="2.4" stroke-linecap="round"/>`,
};

/** The icon with a badge on it, as SVG. */
export function troubleIcon(kind: Trouble["kind"] | null): string {
  return [...ICON, kind === null ? "" : BADGES[kind], "</svg>"].join("");
}

/** The same for a link's address. */
export function troubleIconUrl(kind: Trouble["kind"]): string {
  return `data:image/svg+xml,${encodeURIComponent(troubleIcon(kind))}`;
}
