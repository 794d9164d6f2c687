import { useQueryStates } from "nuqs";
import type { QueryTerm } from "@/lib/domain/session-query/query-term";
import { printQuery } from "@/lib/domain/session-query/print-query";
import type { SessionColumnId } from "./session-columns";
import type { ViewOrder } from "./session-view";
import { type Density, sessionsParams } from "./sessions-url";

/**
 * What the page shows, as its address says, so that a link, a reload and the back button restore it. A new query or order is
 * a step back can undo; how the table looks is not.
 */
export function useSessionsUrl() {
  const [{ query, sort, columns, density }, setParams] = useQueryStates(sessionsParams);
  return {
    ...{ query, sort, columns, density },
    setTerms: (terms: readonly QueryTerm[]) => void setParams({ query: printQuery(terms) }, { history: "push" }),
    setOrder: (order: ViewOrder) => void setParams({ sort: order }, { history: "push" }),
    setColumns: (shown: SessionColumnId[]) => void setParams({ columns: shown }, { history: "replace" }),
    setDensity: (next: Density) => void setParams({ density: next }, { history: "replace" }),
  };
}
