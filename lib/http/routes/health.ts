import { HealthHistoryQuery, SessionHealthHistory, SessionHealthSummary } from "@/lib/contract/health";
import { summarizeHealth } from "@/lib/services/summarize-health";
import { summarizeHistory } from "@/lib/services/summarize-history";
import { defineRoute } from "../define-route";

const tag = "Health";

export const healthRoutes = [
  defineRoute({
    method: "GET",
    path: "/api/mcp/sessions/health",
    operationId: "getSessionHealth",
    tag,
    summary: "Aggregated session health now",
    description:
      "Counts by status and age, the figures of the last 24 hours and the latest activity. Its cost does not grow with the number of sessions.",
    replies: { 200: { description: "The figures.", schema: SessionHealthSummary } },
    errors: [],
    respond: async ({ services }) => ({ status: 200, body: await summarizeHealth(services) }),
  }),
  defineRoute({
    method: "GET",
    path: "/api/mcp/sessions/health/history",
    operationId: "getSessionHealthHistory",
    tag,
    summary: "Session health over time",
    description:
      "Active sessions and their ages, starts and ends by reason per bucket: a minute for 15m and 1h, 5 minutes for 6h, 15 minutes for 24h, an hour for 7d. And for the whole range: the busiest servers, clients and protocol revisions, and how long sessions lasted. Its cost does not grow with the number of sessions.",
    query: HealthHistoryQuery,
    replies: { 200: { description: "The time series, oldest bucket first.", schema: SessionHealthHistory } },
    errors: [],
    respond: ({ services, query }) => ({ status: 200, body: summarizeHistory(services, query) }),
  }),
];
