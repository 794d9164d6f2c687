import type { InstanceRecord } from "@/lib/domain/instance";
import type { StoreStats } from "@/lib/store/session-store";
import type { MetricFamily } from "./metric-family";

/** Servers' processes, and how the registry itself does. */
export function registryFamilies(stats: StoreStats, instances: readonly InstanceRecord[]): MetricFamily[] {
  const countOf = (matches: (instance: InstanceRecord) => boolean) => instances.filter(matches).length;
  return [
    {
      ...{
        name: "holdfast_instances",
        type: "gauge",
        help: "Server processes that hold a lease, or lost it within a day.",
      },
      samples: (["alive", "lost"] as const).map((status) => ({
        labels: { status },
        value: countOf((instance) => instance.status === status),
      })),
    },
    gauge(
      "holdfast_instances_draining",
      "Server processes that take no new sessions.",
      countOf(({ status, drain }) => (status === "alive" || status === "lost") && drain !== null),
    ),
    gauge("holdfast_commands_open", "Commands that no server has acknowledged yet.", stats.openCommands),
    {
      ...{ name: "holdfast_heartbeats_total", type: "counter" },
      help: "Reports on single sessions since the start, by outcome, however many came in one request.",
      samples: Object.entries(stats.beats).map(([outcome, value]) => ({ labels: { outcome }, value })),
    },
    gauge("holdfast_store_queued_writes", "Rows that wait for the next commit.", stats.queuedWrites),
    gauge("holdfast_store_wal_bytes", "Size of the database's write-ahead log.", stats.walBytes),
  ];
}

function gauge(name: string, help: string, value: number): MetricFamily {
  return { name, help, type: "gauge", samples: [{ labels: {}, value }] };
}
