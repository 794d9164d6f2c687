"use client";

import { ArrowUp, Rows3, Rows4, SlidersHorizontal } from "lucide-react";
import { Button } from "@/components/ui/button";
import { SegmentedControl } from "@/components/ui/segmented-control";
import type { SessionColumnId } from "@/lib/web/sessions/session-columns";
import type { SessionView, ViewOrder } from "@/lib/web/sessions/session-view";
import type { Density } from "@/lib/web/sessions/sessions-url";
import { ColumnMenu } from "./column-menu";
import { ExportMenu } from "./export-menu";
import { SortMenu } from "./sort-menu";

interface TableToolbarProps {
  /** How many sessions there are; null while they are being counted. */
  totalText: string | null;
  arrivals: string | null;
  onShowArrivals: () => void;
  probes: { text: string; isHidden: boolean; onToggle: () => void } | null;
  view: SessionView;
  onOrder: (order: ViewOrder) => void;
  shown: readonly SessionColumnId[];
  onColumns: (shown: SessionColumnId[]) => void;
  density: Density;
  onDensity: (density: Density) => void;
  areFacetsOpen: boolean;
  onToggleFacets: () => void;
}

const DENSITY_OPTIONS = [
  { value: "comfortable", label: <Rows3 aria-hidden="true" />, name: "Comfortable rows" },
  { value: "compact", label: <Rows4 aria-hidden="true" />, name: "Compact rows" },
] as const;

export function TableToolbar(props: TableToolbarProps) {
  const { totalText, arrivals, onShowArrivals, probes, view, onOrder, shown, onColumns, density, onDensity } = props;
  return (
    <div className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-2 border-b px-4 py-2">
      <p className="text-[13px] font-medium">{totalText ?? <span className="text-ink-soft">Counting…</span>}</p>
      {probes && (
        <button
          type="button"
          aria-pressed={probes.isHidden}
          onClick={probes.onToggle}
          title="Sessions that came and went without a request or a heartbeat"
          className="rounded-sm text-[13px] text-ink-soft underline decoration-dotted underline-offset-4 hover:text-ink"
        >
          {probes.text}
        </button>
      )}
      {arrivals !== null && (
        <Button size="small" onClick={onShowArrivals} className="rounded-full px-3">
          <ArrowUp aria-hidden="true" />
          {arrivals} · show
        </Button>
      )}
      <div className="ml-auto flex flex-wrap items-center gap-2">
        <Button
          variant="secondary"
          size="small"
          aria-expanded={props.areFacetsOpen}
          aria-controls="session-facets"
          onClick={props.onToggleFacets}
          className="xl:hidden"
        >
          <SlidersHorizontal aria-hidden="true" />
          Filters
        </Button>
        <SortMenu view={view} onOrder={onOrder} />
        <div className="hidden items-center gap-2 sm:flex">
          <ColumnMenu shown={shown} onChange={onColumns} />
          <SegmentedControl label="Density" value={density} options={DENSITY_OPTIONS} onChange={onDensity} />
        </div>
        <ExportMenu view={view} />
      </div>
    </div>
  );
}
