"use client";

import { useId } from "react";
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { HistoryChartPoint } from "@/lib/web/prepare-history-chart";
import {
  CHART_MARGIN,
  countAxis,
  GAP_STYLE,
  type HistoryChartProps,
  isWide,
  RESTART_STYLE,
  restartsOf,
  SYNC_ID,
  useChartType,
} from "./chart-frame";
import { HistoryTooltip } from "./history-tooltip";

const GAP_LABEL = { value: "Holdfast was not running", fill: "var(--ink-soft)" };
const RESTART_LABEL = { value: "restart", fill: "var(--ink-soft)" };

/** Active sessions over time; a gap where nobody counted. */
export function ActiveChart({ chart, bucketMs, timeZone }: HistoryChartProps) {
  const id = useId();
  const type = useChartType();
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart data={chart.points} margin={CHART_MARGIN} syncId={SYNC_ID} accessibilityLayer={false}>
        <defs>
          <linearGradient id={`${id}fill`} x1="0" y1="0" x2="0" y2="1">
            <stop offset="0%" stopColor="var(--accent)" stopOpacity={0.26} />
            <stop offset="100%" stopColor="var(--accent)" stopOpacity={0.02} />
          </linearGradient>
        </defs>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="at"
          scale="band"
          ticks={chart.ticks}
          tick={false}
          height={type.fontSize * 0.75}
          axisLine={{ stroke: "var(--line-strong)" }}
        />
        <YAxis {...countAxis(chart.activeTicks, type)} />
        {chart.gaps.map(({ from, to }) => (
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
          cursor={{ stroke: "var(--line-strong)" }}
          wrapperStyle={{ zIndex: 20 }}
          content={({ active, label }) =>
            active ? (
              <HistoryTooltip point={chart.points.find(({ at }) => at === label)} {...{ bucketMs, timeZone }} />
            ) : null
          }
        />
        <Area
          dataKey="active"
          type="linear"
          stroke="var(--accent)"
          strokeWidth={1.75}
          fill={`url(#${id}fill)`}
          activeDot={{ r: 3.5, strokeWidth: 0 }}
          isAnimationActive={false}
        />
        {chart.hasPeaks && (
          <Line
            dataKey="peak"
            type="linear"
            stroke="var(--accent)"
            strokeOpacity={0.75}
            strokeWidth={1}
            strokeDasharray="3 3"
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
        )}
        {restartsOf(chart).map(({ at }, index) => (
          <ReferenceLine
            key={at}
            x={at}
            {...RESTART_STYLE}
            {...(index === 0 && {
              label: { ...RESTART_LABEL, position: restartSide(at, chart.points), fontSize: type.fontSize },
            })}
          />
        ))}
        <Line
          dataKey={({ active, isAlone }: HistoryChartPoint) => (isAlone ? active : null)}
          stroke="none"
          dot={{ r: 3, fill: "var(--accent)", strokeWidth: 0 }}
          activeDot={false}
          isAnimationActive={false}
        />
      </ComposedChart>
    </ResponsiveContainer>
  );
}

/** The word stands right of its line, unless the chart ends there. */
function restartSide(at: number, points: readonly HistoryChartPoint[]): "insideTopLeft" | "insideTopRight" {
  const index = points.findIndex((point) => point.at === at);
  return index > points.length * 0.75 ? "insideTopRight" : "insideTopLeft";
}
