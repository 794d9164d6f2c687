import { formatCount } from "../format-number";

/** Chosen sessions: some by id, or all that a query finds. */
export interface Selection {
  ids: ReadonlySet<string>;
  /** Set when everything that the query finds is meant, beyond what is loaded. */
  query: string | null;
  /** Where a range begins. */
  anchor: string | null;
}

export const NOTHING_SELECTED: Selection = { ids: new Set(), query: null, anchor: null };

export function isSelected(selection: Selection, id: string): boolean {
  return selection.query !== null || selection.ids.has(id);
}

export function hasSelection({ ids, query }: Selection): boolean {
  return query !== null || ids.size > 0;
}

/** `3 selected`; of a query as many as are known to be there. */
export function describeSelection({ ids, query }: Selection, totalText: string | null): string {
  return query === null
    ? `${formatCount(ids.size)} selected`
    : `All ${totalText === null ? "" : `${totalText} `}sessions of this query`;
}

interface Toggle {
  id: string;
  /** All ids on the list, in its order. */
  listed: readonly string[];
  /** Whether everything from the last choice to this one is meant. */
  isRange: boolean;
}

/** Chooses a session, or no longer; as a range all between it and the one that was chosen before, the same way. */
export function toggleSelected(selection: Selection, { id, listed, isRange }: Toggle): Selection {
  // Of everything but one, only what is loaded is known by name.
  const ids = new Set(selection.query === null ? selection.ids : listed);
  const range = isRange ? between(listed, selection.anchor, id) : [id];
  const isChosen = !ids.has(id);
  for (const each of range) {
    if (isChosen) ids.add(each);
    else ids.delete(each);
  }
  return { ids, query: null, anchor: id };
}

export function selectListed(listed: readonly string[]): Selection {
  return { ids: new Set(listed), query: null, anchor: null };
}

export function selectQuery(query: string): Selection {
  return { ids: new Set(), query, anchor: null };
}

function between(listed: readonly string[], one: string | null, other: string): readonly string[] {
  const from = one === null ? -1 : listed.indexOf(one);
  const to = listed.indexOf(other);
  if (from < 0 || to < 0) return [other];
  return listed.slice(Math.min(from, to), Math.max(from, to) + 1);
}
