"use client";

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
import { formatTick, type HistoryChartPoint } from "@/lib/web/prepare-history-chart";
import { CHART_MARGIN, countAxis, type HistoryChartProps, SYNC_ID, TICK_STYLE } from "./chart-frame";
import { reasonColor } from "./reason-colors";

/** Starts upwards, ends downwards, ends stacked by reason. */
export function TurnoverChart({ chart, range, timeZone }: HistoryChartProps) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart
        data={chart.points}
        margin={CHART_MARGIN}
        syncId={SYNC_ID}
        stackOffset="sign"
        barCategoryGap="18%"
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="at"
          ticks={chart.ticks}
          tickFormatter={(at: number) => formatTick(at, range, timeZone)}
          tick={TICK_STYLE}
          tickMargin={6}
          minTickGap={16}
          height={24}
          axisLine={false}
          tickLine={false}
        />
        <YAxis {...countAxis(chart.turnoverTicks)} tickFormatter={(count: number) => formatCount(Math.abs(count))} />
        {chart.gaps.map(({ from, to }) => (
          <ReferenceArea key={from} x1={from} x2={to} fill="var(--sunken)" fillOpacity={0.8} ifOverflow="hidden" />
        ))}
        <Tooltip content={() => null} cursor={{ fill: "var(--ink)", fillOpacity: 0.07 }} />
        <ReferenceLine y={0} stroke="var(--line-strong)" />
        <Bar dataKey="started" stackId="turnover" fill="var(--started-fill)" isAnimationActive={false} />
        {chart.reasons.map((reason) => (
          <Bar
            key={reason}
            stackId="turnover"
            dataKey={({ endsByReason }: HistoryChartPoint) => -(endsByReason?.[reason] ?? 0)}
            fill={reasonColor(reason)}
            isAnimationActive={false}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}
