"use client";

import { Logo } from "@/components/shell/logo";
import { RANGE_NAMES } from "@/lib/web/history-range";
import { useHistoryRange } from "@/lib/web/use-history-range";
import { useIsKiosk } from "@/lib/web/use-is-kiosk";
import { RangePicker } from "./range-picker";

/** What the page is about, and which stretch of time; on a wall the range is said, not offered. */
export function HealthTitle() {
  const [range] = useHistoryRange();
  if (useIsKiosk()) {
    return (
      <div className="flex items-center gap-3 py-3">
        <Logo />
        <h1 className="text-xl font-semibold tracking-tight">Session health</h1>
        <p className="text-sm text-ink-soft">{RANGE_NAMES[range]}</p>
      </div>
    );
  }
  return (
    <div className="contents sm:flex sm:flex-1 sm:flex-wrap sm:items-end sm:justify-between sm:gap-x-6 sm:gap-y-2">
      <div className="basis-full sm:basis-auto">
        <h1 className="text-xl font-semibold tracking-tight">Session health</h1>
        <p className="text-sm text-ink-soft">Every MCP session your servers report, as it is now.</p>
      </div>
      <RangePicker />
    </div>
  );
}
