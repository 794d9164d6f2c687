import type { FacetField } from "./facet-fields";
import { exactly, type QueryTerm } from "@/lib/domain/session-query/query-term";
import { parseQuery } from "@/lib/domain/session-query/parse-query";
import { printTerm, printValue } from "@/lib/domain/session-query/print-query";

type Terms = readonly QueryTerm[];

/** The values that a query asks for on a field: empty when any will do. */
export function chosenValues(terms: Terms, field: FacetField): ReadonlySet<string> {
  return new Set(
    terms.flatMap((term) => {
      if (term.isNot || term.field !== field || !("values" in term)) return [];
      return term.values.flatMap((value) => (typeof value === "string" ? value : value.length === 1 ? value : []));
    }),
  );
}

/** Asks for one more value of a field, or no longer for this one. As all terms must be true, each of the field's has a say. */
export function toggleValue(terms: Terms, field: FacetField, value: string): Terms {
  const added = parseQuery(`${field}:${printValue(value)}`).terms?.[0];
  if (!added) return terms;
  const asksFor = (term: QueryTerm) => term.field === field && !term.isNot;
  if (!terms.some(asksFor)) return [...terms, added];
  if (!chosenValues(terms, field).has(value)) {
    return terms.map((term) => (asksFor(term) ? joined(term, added) : term));
  }
  return terms.flatMap((term) => (asksFor(term) ? (withoutValue(term, value) ?? []) : term));
}

type Values = readonly (string | readonly string[])[];

/** A term with its own values and those of another on the same field. */
function joined(term: QueryTerm, other: QueryTerm): QueryTerm {
  if (!("values" in term && "values" in other)) return term;
  // Values of one field are of one kind.
  return { ...term, values: [...(term.values as Values), ...(other.values as Values)] } as QueryTerm;
}

/** Null when it was the term's only value. */
function withoutValue(term: QueryTerm, value: string): QueryTerm | null {
  const isOther = (each: string | readonly string[]) =>
    typeof each === "string" ? each !== value : JSON.stringify(each) !== JSON.stringify(exactly(value));
  if (!("values" in term)) return null;
  // Filtering the values of a term leaves it a term of the same kind.
  const values = (term.values as Values).filter(isOther);
  return values.length === 0 ? null : ({ ...term, values } as QueryTerm);
}

/** Adds terms that are not there yet. */
export function addTerms(terms: Terms, added: Terms): Terms {
  const known = new Set(terms.map(printTerm));
  return [...terms, ...added.filter((term) => !known.has(printTerm(term)))];
}

const WITHOUT_PROBES: QueryTerm = { isNot: true, field: "is", values: ["probe"] };

export function hidesProbes(terms: Terms): boolean {
  return terms.some((term) => printTerm(term) === printTerm(WITHOUT_PROBES));
}

export function toggleProbes(terms: Terms): Terms {
  return hidesProbes(terms)
    ? terms.filter((term) => printTerm(term) !== printTerm(WITHOUT_PROBES))
    : [...terms, WITHOUT_PROBES];
}
