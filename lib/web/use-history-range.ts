import { useSearchParams } from "next/navigation";
import type { HistoryRange } from "@/lib/domain/projection/history-range";
import { DEFAULT_RANGE, parseHistoryRange } from "./history-range";

/** The range of the history chart; the URL owns it, so that a link and a reload keep it. */
export function useHistoryRange(): [HistoryRange, (range: HistoryRange) => void] {
  const range = parseHistoryRange(useSearchParams().get("range") ?? undefined);
  return [range, putRange];
}

function putRange(range: HistoryRange): void {
  const url = new URL(window.location.href);
  if (range === DEFAULT_RANGE) url.searchParams.delete("range");
  else url.searchParams.set("range", range);
  // Not router.replace: that would render the page on the server again for what the API answers alone.
  window.history.replaceState(null, "", url);
}
