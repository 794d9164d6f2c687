"use client";

import { useState } from "react";
import { Swatch } from "@/components/charts/fill-pattern";
import { AGE_FILLS } from "@/components/charts/fills";
import { HEALTH_LOOKS } from "@/components/sessions/status-looks";
import { Card } from "@/components/ui/card";
import { AGE_BUCKETS } from "@/lib/domain/health";
import { classNames } from "@/lib/web/class-names";
import { RANGE_NAMES } from "@/lib/web/history-range";
import { useHistoryChart } from "@/lib/web/use-history";
import { HistoryBody } from "./history-body";
import { type FigureView, ViewToggle } from "./view-toggle";

interface AgesCardProps {
  className?: string;
}

/** Whether sessions grow old together, or were so from the start. */
export function AgesCard({ className }: AgesCardProps) {
  const [view, setView] = useState<FigureView>("chart");
  const history = useHistoryChart();
  return (
    <Card
      title="Age over time"
      className={className}
      description={`Idle time of active sessions · ${RANGE_NAMES[history.range].toLowerCase()}`}
      actions={<ViewToggle of="age over time" value={view} onChange={setView} />}
    >
      <div className="flex min-h-0 flex-1 flex-col px-4 pb-4 sm:px-5">
        <div className={classNames("h-52 min-h-0 flex-1 basis-52", history.isDimmed && "outdated")}>
          <HistoryBody shows="ages" {...{ view, history }} />
        </div>
        <ul aria-hidden="true" className="flex flex-wrap gap-x-4 gap-y-1 pt-2 text-xs text-ink-soft">
          {AGE_BUCKETS.map((bucket) => (
            <li key={bucket} className="flex items-center gap-1.5">
              <Swatch fill={AGE_FILLS[bucket]} />
              {HEALTH_LOOKS[bucket].label}
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}
