import { parseQuery } from "@/lib/domain/session-query/parse-query";
import { COUNT_FIELDS, type QueryTerm, SPAN_FIELDS } from "@/lib/domain/session-query/query-term";
import type { SessionView } from "./session-view";

const UNTOLD: ReadonlySet<QueryTerm["field"]> = new Set([...SPAN_FIELDS, ...COUNT_FIELDS]);

/** Whether sessions enter and leave a list only by events: time passing and mere activity make none. */
export function isToldByEvents({
  query,
  sort,
}: Pick<SessionView, "query"> & Partial<Pick<SessionView, "sort">>): boolean {
  return sort !== "lastActivityAt" && !parseQuery(query).terms?.some(({ field }) => UNTOLD.has(field));
}
