import { z } from "zod";
import { defineRoute } from "../define-route";

const MetricsText = z.string().meta({ id: "Metrics", description: "Prometheus' text format, version 0.0.4." });

export const metricsRoutes = [
  defineRoute({
    method: "GET",
    path: "/metrics",
    operationId: "getMetrics",
    tag: "Operations",
    summary: "Figures for Prometheus",
    description:
      "Sessions, servers, requests and the process, from the same counts that the dashboard shows. Its cost does not grow with the number of sessions.",
    replies: { 200: { description: "The figures.", schema: MetricsText, contentType: "text/plain" } },
    errors: [],
    respond: async ({ context }) => {
      const { contentType, text } = await context.metrics.write();
      return { status: 200, text, headers: { "content-type": contentType } };
    },
  }),
];
