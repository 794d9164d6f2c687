"use client";

import { useId } from "react";
import {
  Bar,
  BarChart,
  CartesianGrid,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { AGE_BUCKETS } from "@/lib/domain/health";
import type { HistoryChartPoint } from "@/lib/web/prepare-history-chart";
import { AgesTooltip } from "./ages-tooltip";
import {
  CHART_MARGIN,
  countAxis,
  GAP_STYLE,
  type HistoryChartProps,
  isWide,
  RESTART_STYLE,
  restartsOf,
  SYNC_ID,
  timeAxis,
  useChartType,
} from "./chart-frame";
import { FillPattern } from "./fill-pattern";
import { AGE_FILLS } from "./fills";

const GAP_LABEL = { value: "not on record", fill: "var(--ink-soft)" };

/** How old the active sessions were, bucket by bucket; a gap where nobody looked. */
export default function AgesChart(props: HistoryChartProps) {
  const { chart, bucketMs, timeZone } = props;
  const id = useId();
  const type = useChartType();
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart
        data={chart.points}
        margin={CHART_MARGIN}
        syncId={SYNC_ID}
        barCategoryGap={chart.points.length > 60 ? "8%" : "16%"}
        accessibilityLayer={false}
      >
        <defs>
          {AGE_BUCKETS.map((bucket) => (
            <FillPattern key={bucket} id={`${id}${bucket}`} fill={AGE_FILLS[bucket]} />
          ))}
        </defs>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis {...timeAxis(props, type)} axisLine={{ stroke: "var(--line-strong)" }} />
        <YAxis {...countAxis(chart.activeTicks, type)} />
        {chart.ageGaps.map(({ from, to }) => (
          <ReferenceArea
            key={from}
            x1={from}
            x2={to}
            {...GAP_STYLE}
            {...(isWide({ from, to }, chart, bucketMs) && { label: { ...GAP_LABEL, fontSize: type.fontSize + 1 } })}
          />
        ))}
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: "var(--ink)", fillOpacity: 0.07 }}
          wrapperStyle={{ zIndex: 20 }}
          content={({ active, label }) =>
            active ? (
              <AgesTooltip point={chart.points.find(({ at }) => at === label)} {...{ bucketMs, timeZone }} />
            ) : null
          }
        />
        {AGE_BUCKETS.map((bucket) => (
          <Bar
            key={bucket}
            stackId="ages"
            dataKey={({ ages }: HistoryChartPoint) => ages?.[bucket] ?? null}
            fill={`url(#${id}${bucket})`}
            stroke={AGE_FILLS[bucket].edge}
            strokeWidth={0.75}
            isAnimationActive={false}
          />
        ))}
        {restartsOf(chart).map(({ at }) => (
          <ReferenceLine key={at} x={at} {...RESTART_STYLE} />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}
