import type { Metric, Registry } from "prom-client";

export type Labels = Record<string, string>;

/** One metric with its current values, which are counted elsewhere and only written out here. */
export interface MetricFamily {
  name: string;
  help: string;
  type: "gauge" | "counter" | "histogram";
  samples: readonly Sample[];
}

export interface Sample {
  /** Differs from the family's name for the parts of a histogram. */
  metricName?: string;
  labels: Labels;
  value: number;
}

/** Hands a family to prom-client, which knows the format. */
export function register(registry: Registry, { name, help, type, samples }: MetricFamily): void {
  const written = { name, help, type, values: samples, aggregator: "sum" };
  // The registry asks a metric only for its name and `get`; prom-client's types name the rest of its classes too.
  registry.registerMetric({ name, get: () => Promise.resolve(written) } as unknown as Metric);
}

export interface HistogramCounts {
  labels: Labels;
  /** One per upper end, and one for what is larger than all of them. */
  counts: readonly number[];
  sum: number;
}

/** The samples of a histogram from plain counts. */
export function* histogramSamples(name: string, bounds: readonly number[], histograms: Iterable<HistogramCounts>) {
  for (const { labels, counts, sum } of histograms) {
    let total = 0;
    for (const [index, count] of counts.entries()) {
      total += count;
      const le = bounds[index] === undefined ? "+Inf" : String(bounds[index]);
      yield { metricName: `${name}_bucket`, labels: { ...labels, le }, value: total };
    }
    yield { metricName: `${name}_sum`, labels, value: sum };
    yield { metricName: `${name}_count`, labels, value: total };
  }
}
