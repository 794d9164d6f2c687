import { dehydrate, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { HydratedAt } from "@/components/live/hydrated-at";
import { SessionsConsole } from "@/components/sessions-table/sessions-console";
import { parseQuery } from "@/lib/domain/session-query/parse-query";
import { getRuntime } from "@/lib/runtime/get-runtime";
import { listSessions } from "@/lib/services/list-sessions";
import { PAGE_SIZE } from "@/lib/web/sessions/session-list-client";
import { sessionListKeys } from "@/lib/web/sessions/session-list-cache";
import { type SessionView, toView } from "@/lib/web/sessions/session-view";
import { loadSessionsParams } from "@/lib/web/sessions/sessions-url";

export const dynamic = "force-dynamic";

export const metadata: Metadata = { title: "Sessions" };

interface SessionsPageProps {
  searchParams: Promise<SearchParams>;
}

export default async function SessionsPage({ searchParams }: SessionsPageProps) {
  const { query, sort } = await loadSessionsParams(searchParams);
  return (
    <HydratedAt {...await prefetch(toView(query, sort))}>
      <SessionsConsole />
    </HydratedAt>
  );
}

/** What cannot be read is left to the browser, which asks again and says what went wrong. */
async function prefetch(view: SessionView) {
  const { context } = await getRuntime();
  const queryClient = new QueryClient();
  if (parseQuery(view.query).problem === null) {
    await Promise.allSettled([
      queryClient.infiniteQuery({
        queryKey: sessionListKeys.list(view),
        queryFn: () => listSessions(context, { ...view, limit: PAGE_SIZE }),
        initialPageParam: null,
      }),
    ]);
  }
  return { state: dehydrate(queryClient), renderedAt: context.clock.now() };
}
