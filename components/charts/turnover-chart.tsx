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
import { formatCount } from "@/lib/web/format-number";
import type { HistoryChartPoint } from "@/lib/web/prepare-history-chart";
import {
  CHART_MARGIN,
  countAxis,
  GAP_STYLE,
  type HistoryChartProps,
  RESTART_STYLE,
  restartsOf,
  SYNC_ID,
  timeAxis,
  useChartType,
} from "./chart-frame";
import { FillPattern } from "./fill-pattern";
import { reasonFill, STARTED_FILL } from "./fills";

/** Starts upwards, ends downwards, ends stacked by reason. */
export function TurnoverChart(props: HistoryChartProps) {
  const { chart } = props;
  const id = useId();
  const type = useChartType();
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart
        data={chart.points}
        margin={{ ...CHART_MARGIN, top: type.fontSize }}
        syncId={SYNC_ID}
        stackOffset="sign"
        barCategoryGap="18%"
        accessibilityLayer={false}
      >
        <defs>
          {chart.reasons.map((reason) => (
            <FillPattern key={reason} id={`${id}${reason}`} fill={reasonFill(reason)} />
          ))}
        </defs>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis {...timeAxis(props, type)} axisLine={false} />
        <YAxis
          {...countAxis(chart.turnoverTicks, type)}
          tickFormatter={(count: number) => formatCount(Math.abs(count))}
        />
        {chart.gaps.map(({ from, to }) => (
          <ReferenceArea key={from} x1={from} x2={to} {...GAP_STYLE} />
        ))}
        <Tooltip content={() => null} cursor={{ fill: "var(--ink)", fillOpacity: 0.07 }} />
        <ReferenceLine y={0} stroke="var(--line-strong)" />
        {restartsOf(chart).map(({ at }) => (
          <ReferenceLine key={at} x={at} {...RESTART_STYLE} />
        ))}
        <Bar
          dataKey="started"
          stackId="turnover"
          fill={STARTED_FILL.colour}
          stroke={STARTED_FILL.edge}
          strokeWidth={0.75}
          isAnimationActive={false}
        />
        {chart.reasons.map((reason) => (
          <Bar
            key={reason}
            stackId="turnover"
            dataKey={({ endsByReason }: HistoryChartPoint) => -(endsByReason?.[reason] ?? 0)}
            fill={`url(#${id}${reason})`}
            stroke={reasonFill(reason).edge}
            strokeWidth={0.75}
            isAnimationActive={false}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}
