import { collectDefaultMetrics, Registry } from "prom-client";
import { readShownInstances } from "@/lib/services/list-servers";
import type { ServiceContext } from "@/lib/services/context";
import { histogramSamples, type MetricFamily, register } from "./metric-family";
import { registryFamilies } from "./registry-families";
import { REQUEST_BOUNDS_SECONDS, RequestMeter } from "./request-meter";
import { sessionFamilies } from "./session-families";

const REQUESTS = "http_server_request_duration_seconds";

export interface Metrics {
  readonly requests: RequestMeter;
  /** Everything in Prometheus' text format. */
  write(): Promise<{ contentType: string; text: string }>;
}

export interface MetricsOptions {
  monotonicMs: () => number;
  /** Whether to watch the process as well: its memory, its event loop. */
  observesProcess: boolean;
}

/** Numbers are counted where they arise, all the time; they become metrics only when somebody asks. */
export function createMetrics(ctx: ServiceContext, { monotonicMs, observesProcess }: MetricsOptions): Metrics {
  const requests = new RequestMeter(monotonicMs);
  const ofProcess = new Registry();
  if (observesProcess) collectDefaultMetrics({ register: ofProcess });
  return {
    requests,
    write: async () => {
      // A registry for this scrape alone: no series outlives what it counts.
      const registry = new Registry();
      for (const family of [...(await familiesOf(ctx)), requestFamily(requests)]) register(registry, family);
      const parts = [await registry.metrics(), observesProcess ? await ofProcess.metrics() : ""];
      return { contentType: registry.contentType, text: parts.join("") };
    },
  };
}

async function familiesOf(ctx: ServiceContext): Promise<MetricFamily[]> {
  const [stats, instances] = await Promise.all([ctx.store.stats(), readShownInstances(ctx, ctx.clock.now())]);
  // Counted after the reads, in one go: the figures speak of one moment.
  return [...sessionFamilies(ctx.health, ctx.clock.now()), ...registryFamilies(stats, instances)];
}

function requestFamily(requests: RequestMeter): MetricFamily {
  return {
    ...{ name: REQUESTS, type: "histogram", help: "Duration of HTTP API requests, until the answer is handed over." },
    samples: [...histogramSamples(REQUESTS, REQUEST_BOUNDS_SECONDS, requests.histograms())],
  };
}
