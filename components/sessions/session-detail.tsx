"use client";

import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useRef } from "react";
import { FirstLoadError } from "@/components/live/first-load-error";
import { FreshnessBadge } from "@/components/live/freshness-badge";
import { OutdatedAlert } from "@/components/live/outdated-alert";
import { CopyableId } from "@/components/ui/copyable-id";
import { Skeleton } from "@/components/ui/skeleton";
import { useWatchedSessions } from "@/lib/web/live/live-context";
import { useSession } from "@/lib/web/use-session";
import { ReconnectToken } from "./reconnect-token";
import { SessionPanels } from "./session-panels";
import { TerminateSession } from "./terminate-session";

interface SessionDetailProps {
  id: string;
}

/** Everything the registry knows about one session, kept current. */
export function SessionDetail({ id }: SessionDetailProps) {
  const { data: session, error, dataUpdatedAt, isFetching, refetch } = useSession(id);
  useWatchedSessions([id]);
  const heading = useRef<HTMLHeadingElement>(null);
  const onRetry = () => void refetch();
  return (
    <>
      <div className="mb-4 flex flex-wrap items-end justify-between gap-x-6 gap-y-3 sm:mb-5">
        <div className="min-w-0">
          <Link
            href="/mcp/sessions"
            className="inline-flex items-center gap-1 rounded-sm text-[13px] font-medium text-ink-soft hover:text-ink"
          >
            <ArrowLeft aria-hidden="true" className="size-3.5" />
            Sessions
          </Link>
          <h1 ref={heading} tabIndex={-1} className="mt-1 text-xl font-semibold tracking-tight outline-none">
            <span className="sr-only">Session </span>
            <CopyableId id={id} what="the session id" />
          </h1>
        </div>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <FreshnessBadge dataUpdatedAt={dataUpdatedAt} hasFailed={error !== null} />
          {session && (
            <div className="flex flex-wrap items-center gap-2">
              <ReconnectToken session={session} />
              <TerminateSession session={session} fallbackFocus={heading} />
            </div>
          )}
        </div>
      </div>
      {session && error && (
        <div className="mb-4 sm:mb-5">
          <OutdatedAlert {...{ error, isFetching, onRetry }} />
        </div>
      )}
      {session && <SessionPanels session={session} dataUpdatedAt={dataUpdatedAt} isOutdated={error !== null} />}
      {!session &&
        (error ? <FirstLoadError {...{ error, isFetching, onRetry }} /> : <Skeleton className="h-96 rounded-xl" />)}
    </>
  );
}
