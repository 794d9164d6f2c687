import { dehydrate, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { HydratedAt } from "@/components/live/hydrated-at";
import { ServersOverview } from "@/components/servers/servers-overview";
import { getRuntime } from "@/lib/runtime/get-runtime";
import { listServers } from "@/lib/services/list-servers";
import { queryKeys } from "@/lib/web/query-keys";

export const dynamic = "force-dynamic";

export const metadata: Metadata = { title: "Servers" };

export default async function ServersPage() {
  const { context } = await getRuntime();
  const queryClient = new QueryClient();
  // What cannot be read is left to the browser, which asks again and says what went wrong.
  await Promise.allSettled([queryClient.query({ queryKey: queryKeys.servers(), queryFn: () => listServers(context) })]);
  return (
    <HydratedAt state={dehydrate(queryClient)} renderedAt={context.clock.now()}>
      <ServersOverview />
    </HydratedAt>
  );
}
