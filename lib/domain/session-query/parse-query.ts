import { BadTerm, type QueryProblem } from "./query-problem";
import { MAX_QUERY_LENGTH, MAX_TERMS, type QueryTerm } from "./query-term";
import { readTerm } from "./read-term";
import { splitWords } from "./split-words";

export type ParsedQuery = { terms: readonly QueryTerm[]; problem: null } | { terms: null; problem: QueryProblem };

/**
 * Reads a query such as `status:active,disconnected server:notes client:claude* idle:>10m label.team=core`: terms that must all
 * be true, a minus before those that must not. Text without a field is looked for in all names.
 */
export function parseQuery(query: string): ParsedQuery {
  try {
    return { terms: readTerms(query), problem: null };
  } catch (error) {
    if (error instanceof BadTerm) return { terms: null, problem: error.problem };
    throw error;
  }
}

function readTerms(query: string): QueryTerm[] {
  if (query.length > MAX_QUERY_LENGTH) {
    const message = `a query has at most ${String(MAX_QUERY_LENGTH)} characters`;
    throw new BadTerm({ at: MAX_QUERY_LENGTH, length: 1, message });
  }
  if (!query.isWellFormed()) throw new BadTerm({ at: 0, length: 1, message: "a query must be well-formed Unicode" });
  const words = splitWords(query);
  const extra = words[MAX_TERMS];
  if (extra) {
    throw new BadTerm({
      at: extra.at,
      length: extra.length,
      message: `a query has at most ${String(MAX_TERMS)} terms`,
    });
  }
  return words.map(readTerm);
}
