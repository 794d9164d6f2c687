import { FACET_FIELDS, type FacetCounts, type FacetField } from "../../session-list-store";

type Integer = number | bigint;

/** Sessions that are alike in all fields, and in whether they fit the terms on each. */
export type FacetGroup = Record<FacetField, string | null> & Record<`${FacetField}Fits`, Integer> & { count: Integer };

/** Different values of one field that are kept apart; the names of clients may be without end. */
const MAX_DISTINCT = 5_000;

/** Adds groups up to counts by field and value. */
export class FacetTally {
  scanned = 0;
  #total = 0;
  readonly #counts = new Map(FACET_FIELDS.map((field) => [field, new Map<string, number>()]));

  add(groups: readonly FacetGroup[]): void {
    for (const group of groups) this.#addGroup(group);
  }

  result({ maxValues, isComplete }: { maxValues: number; isComplete: boolean }): FacetCounts {
    const valuesOf = (field: FacetField) =>
      [...(this.#counts.get(field) ?? [])]
        .map(([value, count]) => ({ value, count }))
        .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
        .slice(0, maxValues);
    const facets = Object.fromEntries(FACET_FIELDS.map((field) => [field, valuesOf(field)]));
    return { total: this.#total, isComplete, facets: facets as FacetCounts["facets"] };
  }

  #addGroup(group: FacetGroup): void {
    const count = Number(group.count);
    const misfits = FACET_FIELDS.filter((field) => Number(group[`${field}Fits`]) === 0);
    if (misfits.length === 0) this.#total += count;
    for (const [field, counts] of this.#counts) {
      const value = group[field];
      const fitsOthers = misfits.every((misfit) => misfit === field);
      if (value === null || !fitsOthers) continue;
      if (counts.has(value) || counts.size < MAX_DISTINCT) counts.set(value, (counts.get(value) ?? 0) + count);
    }
  }
}
