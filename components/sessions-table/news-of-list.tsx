"use client";

import { useEffect, useRef } from "react";
import { useTell } from "@/lib/web/announcer-context";
import { describeSelection, hasSelection, type Selection } from "@/lib/web/sessions/selection";

interface NewsOfListProps {
  query: string;
  /** How many sessions the query finds; null while they are being counted. */
  totalText: string | null;
  hasArrivals: boolean;
  selection: Selection;
}

/** Says to screen readers what somebody's own query or choice has led to, and once that there is more to show. */
export function NewsOfList({ query, totalText, hasArrivals, selection }: NewsOfListProps) {
  const tell = useTell();
  const told = useRef(query);
  useEffect(() => {
    // Totals change all the time; only that of another query is an answer.
    if (totalText === null || told.current === query) return;
    told.current = query;
    tell("total", `${totalText} found`);
  }, [tell, query, totalText]);
  useEffect(() => {
    if (hasArrivals) tell("arrivals", "The list has changed and can be shown anew");
  }, [tell, hasArrivals]);
  useEffect(() => {
    // Without the total of a chosen query, which changes without anybody's doing.
    if (hasSelection(selection)) tell("selection", describeSelection(selection, null));
  }, [tell, selection]);
  return null;
}
