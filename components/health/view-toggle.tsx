"use client";

import { ChartArea, Table2 } from "lucide-react";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { useIsKiosk } from "@/lib/web/use-is-kiosk";

export type FigureView = "chart" | "table";

const VIEWS = [
  { value: "chart", name: "Show as a chart", label: <ChartArea aria-hidden="true" /> },
  { value: "table", name: "Show as a table", label: <Table2 aria-hidden="true" /> },
] as const;

interface ViewToggleProps {
  /** Names the control for those who do not see what it stands beside. */
  of: string;
  value: FigureView;
  onChange: (view: FigureView) => void;
}

export function ViewToggle({ of, value, onChange }: ViewToggleProps) {
  // Nobody touches a wall.
  if (useIsKiosk()) return null;
  return <SegmentedControl label={`View of ${of}`} value={value} options={VIEWS} onChange={onChange} />;
}
