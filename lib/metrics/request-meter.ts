import type { HistogramCounts } from "./metric-family";

/** Upper ends of the classes of request durations, seconds: OpenTelemetry's for HTTP, and shorter ones. */
export const REQUEST_BOUNDS_SECONDS = [
  ...[0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075],
  ...[0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
];

export interface AnsweredRequest {
  method: string;
  /** Path template; null when nothing is served at the path. */
  route: string | null;
  status: number;
  /** What `begin` answered. */
  startedAt: number;
}

interface Counts {
  counts: number[];
  sum: number;
}

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** Counts answered requests in plain numbers: every heartbeat passes here, so nothing is built but at the first of its kind. */
export class RequestMeter {
  readonly #monotonicMs: () => number;
  readonly #routes = new Map<string | null, Map<string, Map<number, Counts>>>();

  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs;
  }

  /** A moment to measure from. */
  begin(): number {
    return this.#monotonicMs();
  }

  observe({ method, route, status, startedAt }: AnsweredRequest): void {
    const entry = this.#entryOf(route, METHODS.has(method) ? method : "_OTHER", status);
    const seconds = (this.#monotonicMs() - startedAt) / 1_000;
    let bound = 0;
    while (bound < REQUEST_BOUNDS_SECONDS.length && seconds > (REQUEST_BOUNDS_SECONDS[bound] ?? 0)) bound += 1;
    entry.counts[bound] = (entry.counts[bound] ?? 0) + 1;
    entry.sum += seconds;
  }

  *histograms(): Generator<HistogramCounts> {
    for (const [route, methods] of this.#routes) {
      for (const [method, statuses] of methods) {
        for (const [status, { counts, sum }] of statuses) {
          const labels = { http_request_method: method, http_response_status_code: String(status) };
          // Without a route the label is absent, as OpenTelemetry has it.
          yield { labels: route === null ? labels : { ...labels, http_route: route }, counts, sum };
        }
      }
    }
  }

  #entryOf(route: string | null, method: string, status: number): Counts {
    let methods = this.#routes.get(route);
    if (!methods) this.#routes.set(route, (methods = new Map<string, Map<number, Counts>>()));
    let statuses = methods.get(method);
    if (!statuses) methods.set(method, (statuses = new Map<number, Counts>()));
    let entry = statuses.get(status);
    if (!entry) {
      entry = { counts: Array<number>(REQUEST_BOUNDS_SECONDS.length + 1).fill(0), sum: 0 };
      statuses.set(status, entry);
    }
    return entry;
  }
}
