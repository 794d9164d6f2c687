"use client";

import Link from "next/link";
import { OutdatedNote } from "@/components/live/outdated-note";
import { InstanceFact, InstanceFacts } from "@/components/servers/instance-facts";
import { InstanceHeading } from "@/components/servers/instance-heading";
import { Card } from "@/components/ui/card";
import { CopyableId } from "@/components/ui/copyable-id";
import { Skeleton } from "@/components/ui/skeleton";
import type { Instance } from "@/lib/contract/instances";
import type { Session } from "@/lib/contract/session";
import { describeOwner } from "@/lib/web/describe-owner";
import { formatCount } from "@/lib/web/format-number";
import { useInstance } from "@/lib/web/use-servers";

interface SessionInstanceProps {
  session: Session;
}

/** The server process that serves the session, or did last. */
export function SessionInstance({ session }: SessionInstanceProps) {
  const { instanceId } = session;
  return (
    <Card
      title="Instance"
      actions={
        <Link
          href="/mcp/servers"
          className="rounded-sm text-[13px] font-medium text-accent underline-offset-4 hover:underline"
        >
          All servers
        </Link>
      }
    >
      <div className="px-4 pb-4 sm:px-5">
        {instanceId === null ? (
          <p className="text-[13px] text-ink-soft">
            No instance was reported: nobody holds a lease for this session, so its own heartbeats are all that is
            known.
          </p>
        ) : (
          <KnownInstance session={session} instanceId={instanceId} />
        )}
      </div>
    </Card>
  );
}

interface KnownInstanceProps extends SessionInstanceProps {
  instanceId: string;
}

function KnownInstance({ session, instanceId }: KnownInstanceProps) {
  const { data: instance, error, dataUpdatedAt, isFetching, refetch } = useInstance(instanceId);
  return (
    <div className="space-y-3">
      {error && <OutdatedNote {...{ error, dataUpdatedAt, isFetching }} onRetry={() => void refetch()} />}
      {instance === undefined && !error && <Skeleton className="h-24" />}
      {instance === null && <UnknownInstance id={instanceId} />}
      {instance && <Owner session={session} instance={instance} />}
    </div>
  );
}

function Owner({ session, instance }: { session: Session; instance: Instance }) {
  return (
    <>
      <div>
        <InstanceHeading instance={instance} />
        <p className="mt-1 text-[13px] text-ink-soft">{describeOwner(session, instance)}</p>
      </div>
      <InstanceFacts instance={instance}>
        <InstanceFact term="Epoch">
          <span title="Counts the owners of the session">{formatCount(session.epoch)}</span>
        </InstanceFact>
      </InstanceFacts>
    </>
  );
}

function UnknownInstance({ id }: { id: string }) {
  return (
    <div className="text-[13px]">
      <CopyableId id={id} what="the instance id" />
      <p className="text-ink-soft">
        Never registered: it holds no lease for this session, so nobody would notice at once that it died.
      </p>
    </div>
  );
}
