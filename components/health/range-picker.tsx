"use client";

import { SegmentedControl } from "@/components/ui/segmented-control";
import { RANGE_OPTIONS } from "@/lib/web/history-range";
import { useHistoryRange } from "@/lib/web/use-history-range";

/** What stretch of time the page looks back on. */
export function RangePicker() {
  const [range, setRange] = useHistoryRange();
  return <SegmentedControl label="Range" value={range} options={RANGE_OPTIONS} onChange={setRange} />;
}
