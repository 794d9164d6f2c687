import { dehydrate, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { HydratedAt } from "@/components/live/hydrated-at";
import { SessionDetail } from "@/components/sessions/session-detail";
import type { InstanceWithCounts } from "@/lib/contract/instances";
import type { Session } from "@/lib/contract/session";
import { isHoldfastError } from "@/lib/domain/errors";
import { getRuntime } from "@/lib/runtime/get-runtime";
import { explainSession } from "@/lib/services/explain-session";
import { getSession } from "@/lib/services/get-session";
import { getInstance } from "@/lib/services/list-servers";
import { listSessionEvents } from "@/lib/services/list-session-events";
import { EVENTS_LIMIT } from "@/lib/web/api-client";
import { queryKeys } from "@/lib/web/query-keys";
import { idFromSegment } from "@/lib/web/session-href";
import { shortenId } from "@/lib/web/shorten-id";

export const dynamic = "force-dynamic";

interface SessionPageProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: SessionPageProps): Promise<Metadata> {
  const session = await findSession((await params).id);
  return { title: session === null ? "Session not found" : `Session ${shortenId(session.id)}` };
}

export default async function SessionPage({ params }: SessionPageProps) {
  const session = await findSession((await params).id);
  if (session === null) notFound();
  const { id, instanceId } = session;
  const { context } = await getRuntime();
  const queryClient = new QueryClient();
  queryClient.setQueryData(queryKeys.session(id), session);
  // What cannot be read is left to the browser, which asks again and says what went wrong.
  await Promise.allSettled([
    queryClient.query({
      queryKey: queryKeys.events(id),
      queryFn: () => listSessionEvents(context, id, { after: 0, limit: EVENTS_LIMIT }),
    }),
    session.endedAt !== null &&
      queryClient.query({
        queryKey: queryKeys.explanation(id, session.endedAt),
        queryFn: () => explainSession(context, id),
      }),
    instanceId !== null &&
      queryClient.query({ queryKey: queryKeys.instance(instanceId), queryFn: () => findInstance(instanceId) }),
  ]);
  return (
    <HydratedAt state={dehydrate(queryClient)} renderedAt={context.clock.now()}>
      <SessionDetail id={id} />
    </HydratedAt>
  );
}

/** Read once per request, for the title and for the page. */
const findSession = cache(async (segment: string): Promise<Session | null> => {
  const id = idFromSegment(segment);
  if (id === null) return null;
  try {
    const { context } = await getRuntime();
    return await getSession(context, id);
  } catch (error) {
    if (isHoldfastError(error) && error.code === "session_not_found") return null;
    throw error;
  }
});

/** Null when no instance has ever registered under the id. */
async function findInstance(id: string): Promise<InstanceWithCounts | null> {
  try {
    const { context } = await getRuntime();
    return await getInstance(context, id);
  } catch (error) {
    if (isHoldfastError(error) && error.code === "instance_not_found") return null;
    throw error;
  }
}
