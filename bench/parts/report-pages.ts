import type { PageTimings } from "../pages/page-timings";
import { milliseconds, ratio, whole } from "../report/figures";
import { markdownTable } from "../report/markdown-table";
import { median, quantile } from "../report/statistics";
import type { BenchContext, PartReport } from "./bench-context";

export interface PageFigures {
  stored: number;
  visits: readonly PageTimings[];
  /** From the request that makes an event to its painted row. */
  paintsMs: readonly number[];
}

export function reportPages({ sizes }: BenchContext, figures: readonly PageFigures[]): PartReport {
  const rows = figures.map(({ stored, visits, paintsMs }) => {
    const paints = visits.map(({ largestPaintMs }) => largestPaintMs);
    const interactions = visits.flatMap(({ interactionsMs }) => interactionsMs);
    return {
      stored,
      largestPaintMs: median(paints),
      slowestPaintMs: Math.max(...paints),
      layoutShift: Math.max(...visits.map(({ layoutShift }) => layoutShift)),
      interactions: interactions.length,
      interactionP95Ms: quantile(interactions, 0.95),
      slowestInteractionMs: Math.max(0, ...interactions),
      rowP50Ms: median(paintsMs),
      rowP95Ms: quantile(paintsMs, 0.95),
    };
  });
  const [first, last] = [rows[0]?.largestPaintMs ?? Number.NaN, rows.at(-1)?.largestPaintMs ?? Number.NaN];
  return {
    title: "Pages",
    notes: [
      `Chromium at 1440 × 900 on one core, the server on another. ${String(sizes.pageVisits)} visits of the sessions page in a new profile each: ` +
        "typing a filter, sorting, choosing from a facet, 30 rows down, a column more. Interactions: from the input to the next paint, of those that " +
        "take 16 ms or more. Row: from the request that starts or ends a session to its painted row on the overview, " +
        `${String(2 * sizes.pageEvents)} events, one after the other.`,
      `Largest contentful paint from the first size to the last: ${ratio(last / first)}.`,
    ],
    tables: [
      markdownTable(
        [
          "stored",
          "LCP ms",
          "slowest",
          "layout shift",
          "interactions",
          "p95 ms",
          "slowest",
          "row p50 ms",
          "row p95 ms",
        ],
        rows.map((row) => [
          whole(row.stored),
          milliseconds(row.largestPaintMs),
          milliseconds(row.slowestPaintMs),
          row.layoutShift.toFixed(3),
          whole(row.interactions),
          milliseconds(row.interactionP95Ms),
          milliseconds(row.slowestInteractionMs),
          milliseconds(row.rowP50Ms),
          milliseconds(row.rowP95Ms),
        ]),
      ),
    ],
    figures: rows,
  };
}
