import { dehydrate, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { SessionHealthMetrics } from "@/components/health/session-health-metrics";
import { HydratedAt } from "@/components/live/hydrated-at";
import type { HistoryRange } from "@/lib/domain/projection/history-range";
import { getRuntime } from "@/lib/runtime/get-runtime";
import { listServers } from "@/lib/services/list-servers";
import { summarizeHealth } from "@/lib/services/summarize-health";
import { summarizeHistory } from "@/lib/services/summarize-history";
import { parseHistoryRange } from "@/lib/web/history-range";
import { queryKeys } from "@/lib/web/query-keys";

export const dynamic = "force-dynamic";

export const metadata: Metadata = { title: "Session health" };

interface McpPageProps {
  searchParams: Promise<{ range?: string | string[]; kiosk?: string | string[] }>;
}

export default async function McpPage({ searchParams }: McpPageProps) {
  const { range, kiosk } = await searchParams;
  return (
    <HydratedAt {...await prefetch(parseHistoryRange(range))}>
      <SessionHealthMetrics isKiosk={kiosk === "1"} />
    </HydratedAt>
  );
}

/** A figure that cannot be read is left to the browser, which asks again and says what went wrong. */
async function prefetch(range: HistoryRange) {
  const { context } = await getRuntime();
  const queryClient = new QueryClient();
  await Promise.allSettled([
    queryClient.query({ queryKey: queryKeys.health(), queryFn: () => summarizeHealth(context) }),
    queryClient.query({ queryKey: queryKeys.history(range), queryFn: () => summarizeHistory(context, { range }) }),
    queryClient.query({ queryKey: queryKeys.servers(), queryFn: () => listServers(context) }),
  ]);
  return { state: dehydrate(queryClient), renderedAt: context.clock.now() };
}
