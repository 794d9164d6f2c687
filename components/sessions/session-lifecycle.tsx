"use client";

import Link from "next/link";
import { Card } from "@/components/ui/card";
import { DescriptionList, type Description } from "@/components/ui/description-list";
import { TimeAgo } from "@/components/ui/time-ago";
import type { Session } from "@/lib/contract/session";
import { describeEndReason } from "@/lib/web/describe-end-reason";
import { formatSetting } from "@/lib/web/format-duration";
import { sessionHref } from "@/lib/web/session-href";
import { useSessionExplanation } from "@/lib/web/use-session";
import { ExpiresIn } from "./expires-in";

interface SessionLifecycleProps {
  session: Session;
  dataUpdatedAt: number;
}

export function SessionLifecycle({ session, dataUpdatedAt }: SessionLifecycleProps) {
  const { createdAt, lastActivityAt, lastHeartbeatAt, idleTimeoutMs, lifetimeMs } = session;
  const explanation = useSessionExplanation(session.id, session.endedAt !== null);
  const items: Description[] = [
    ...endOf(session, explanation?.sentence),
    { term: "Created", details: <TimeAgo at={createdAt} isFull /> },
    { term: "Last activity", details: <TimeAgo at={lastActivityAt} isFull /> },
    {
      term: "Last heartbeat",
      details:
        lastHeartbeatAt === null ? (
          <span className="text-ink-soft">none yet</span>
        ) : (
          <TimeAgo at={lastHeartbeatAt} isFull />
        ),
    },
    ...(session.expiresAt === null
      ? []
      : [{ term: "Expires", details: <ExpiresIn {...{ session, dataUpdatedAt }} /> }]),
    { term: "Idle timeout", details: formatSetting(idleTimeoutMs) },
    { term: "Lifetime", details: lifetimeMs === null ? "unlimited" : formatSetting(lifetimeMs) },
    ...linkTo("Successor of", session.supersedes),
    ...linkTo("Succeeded by", session.supersededBy),
  ];
  return (
    <Card title="Lifecycle">
      <DescriptionList items={items} />
    </Card>
  );
}

function endOf({ endedAt, endReason, endDetail }: Session, explanation: string | undefined): Description[] {
  if (endedAt === null) return [];
  const { label, sentence } = describeEndReason(endReason ?? "unknown");
  return [
    { term: "Ended", details: <TimeAgo at={endedAt} isFull /> },
    {
      term: "Reason",
      details: (
        <>
          <span className="font-medium">{label}.</span> <span className="text-ink-soft">{explanation ?? sentence}</span>
        </>
      ),
    },
    ...(endDetail === null ? [] : [{ term: "In words", details: <q>{endDetail}</q> }]),
  ];
}

function linkTo(term: string, id: string | null): Description[] {
  if (id === null) return [];
  const link = (
    <Link href={sessionHref(id)} className="rounded-sm font-mono break-all text-accent underline underline-offset-4">
      {id}
    </Link>
  );
  return [{ term, details: link }];
}
