import type { HealthProjection } from "@/lib/domain/projection/health-projection";
import type { OriginRanking } from "@/lib/domain/projection/rank-origins";
import { DURATION_BOUNDS_SECONDS, type DurationCounts, type RunTotals } from "@/lib/domain/projection/run-totals";
import { END_REASONS, type EndReason } from "@/lib/domain/session";
import { type HistogramCounts, histogramSamples, type Labels, type MetricFamily } from "./metric-family";

/** Servers with a series of their own: their names come from outside. */
const MAX_SERVERS = 20;
/** Stands for everything that has no series of its own, as in OpenTelemetry. */
const OTHER = "_OTHER";
const DURATION = "mcp_server_session_duration_seconds";

/** Ends in good order; every other one is an error to OpenTelemetry. */
const NORMAL_ENDS: ReadonlySet<EndReason> = new Set([
  "client_closed",
  "server_closed",
  "server_shutdown",
  "superseded",
]);

/** The same figures that the dashboard shows, at one moment. */
export function sessionFamilies(health: HealthProjection, now: number): MetricFamily[] {
  const { active, byStatus } = health.statusBreakdownAt(now);
  return [
    gauge("holdfast_sessions", "Sessions on record by status.", {
      label: "status",
      values: Object.entries({ active, ...byStatus }),
    }),
    gauge("holdfast_active_sessions", "Active sessions by how long their clients have been idle.", {
      label: "age",
      values: Object.entries(health.ageDistributionAt(now)),
    }),
    gauge("holdfast_server_active_sessions", "Active sessions of the servers that have the most, and of all others.", {
      label: "server",
      values: [...activeByServer(health.activeByServerAt(now, MAX_SERVERS))],
    }),
    {
      ...{ name: "holdfast_sessions_overdue", type: "gauge" },
      help: "Sessions that have expired and are not recorded as such: more than a moment, and the sweeper is stuck.",
      samples: [{ labels: {}, value: health.overdueAt(now) }],
    },
    ...turnoverFamilies(health.sinceStart),
  ];
}

/** One value per label: a server may be called as the rest is. */
function activeByServer({ top, other }: OriginRanking): Map<string, number> {
  const counts = new Map([[OTHER, other.active]]);
  for (const { name, active } of top) counts.set(name ?? OTHER, (counts.get(name ?? OTHER) ?? 0) + active);
  return counts;
}

function turnoverFamilies(totals: RunTotals): MetricFamily[] {
  const ends = END_REASONS.map((reason) => ({ labels: { reason }, value: totals.endsByReason.get(reason) ?? 0 }));
  return [
    counter("holdfast_sessions_started_total", "Sessions registered since the start.", totals.started),
    counter("holdfast_sessions_resumed_total", "Sessions taken up again since the start.", totals.resumed),
    {
      ...{ name: "holdfast_sessions_ended_total", type: "counter" },
      help: "Sessions that stopped being active since the start, by reason.",
      samples: ends,
    },
    {
      ...{ name: DURATION, type: "histogram" },
      help: "The duration of the MCP session as observed by the registry, from its creation until it stopped being active.",
      samples: [...histogramSamples(DURATION, DURATION_BOUNDS_SECONDS, toHistograms(totals))],
    },
  ];
}

/** One per set of labels: ends in good order share theirs, whatever their reason. */
function toHistograms(totals: RunTotals): Iterable<HistogramCounts> {
  const byLabels = new Map<string, HistogramCounts>();
  for (const durations of totals.durations()) {
    const labels = labelsOf(durations);
    const key = JSON.stringify(labels);
    const { counts, sum } = byLabels.get(key) ?? { counts: [], sum: 0 };
    byLabels.set(key, {
      labels,
      counts: durations.counts.map((count, index) => count + (counts[index] ?? 0)),
      sum: durations.sumSeconds + sum,
    });
  }
  return byLabels.values();
}

function labelsOf({ protocol, reason }: DurationCounts): Labels {
  return {
    ...(protocol !== null && { mcp_protocol_version: protocol }),
    ...(!NORMAL_ENDS.has(reason) && { error_type: reason }),
  };
}

function counter(name: string, help: string, value: number): MetricFamily {
  return { name, help, type: "counter", samples: [{ labels: {}, value }] };
}

interface Labelled {
  label: string;
  values: readonly (readonly [string, number])[];
}

function gauge(name: string, help: string, { label, values }: Labelled): MetricFamily {
  return { name, help, type: "gauge", samples: values.map(([key, value]) => ({ labels: { [label]: key }, value })) };
}
