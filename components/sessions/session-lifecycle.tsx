"use client";

import Link from "next/link";
import { Card } from "@/components/ui/card";
import { DescriptionList, type Description } from "@/components/ui/description-list";
import { TimeAgo } from "@/components/ui/time-ago";
import type { Session } from "@/lib/contract/session";
import { describeEndReason } from "@/lib/web/describe-end-reason";
import { formatSetting } from "@/lib/web/format-duration";
import { formatCount } from "@/lib/web/format-number";
import { sessionHref } from "@/lib/web/session-href";
import { useSessionExplanation, useTermination } from "@/lib/web/use-session";
import { ExpiresIn } from "./expires-in";
import { GoodUntil } from "./good-until";
import { TerminationOutcome } from "./termination-outcome";

interface SessionLifecycleProps {
  session: Session;
  dataUpdatedAt: number;
}

export function SessionLifecycle({ session, dataUpdatedAt }: SessionLifecycleProps) {
  const { createdAt, lastActivityAt, lastHeartbeatAt, idleTimeoutMs, lifetimeMs } = session;
  const explanation = useSessionExplanation(session);
  const termination = useTermination(session.id);
  const items: Description[] = [
    ...endOf(session, explanation?.sentence),
    ...(session.status === "terminated" && termination !== null
      ? [{ term: "At its server", details: <TerminationOutcome termination={termination} /> }]
      : []),
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
    ...(session.status !== "active"
      ? []
      : [{ term: "Expires", details: <ExpiresIn {...{ session, dataUpdatedAt }} /> }]),
    { term: "Idle timeout", details: formatSetting(idleTimeoutMs) },
    { term: "Lifetime", details: lifetimeMs === null ? "unlimited" : formatSetting(lifetimeMs) },
    ...(session.reconnectCount === 0 ? [] : [{ term: "Reconnects", details: formatCount(session.reconnectCount) }]),
    ...(session.tokenExpiresAt === null
      ? []
      : [{ term: "Reconnect token", details: <GoodUntil at={session.tokenExpiresAt} /> }]),
    ...linkTo("Successor of", session.supersedes),
    ...linkTo("Succeeded by", session.supersededBy),
  ];
  return (
    <Card title="Lifecycle">
      <DescriptionList items={items} />
    </Card>
  );
}

function endOf({ status, endedAt, endReason, endDetail }: Session, explanation: string | undefined): Description[] {
  if (endedAt === null) return [];
  const { label, sentence } = describeEndReason(endReason ?? "unknown");
  return [
    { term: status === "disconnected" ? "Disconnected" : "Ended", details: <TimeAgo at={endedAt} isFull /> },
    {
      term: "Reason",
      details: (
        <>
          <span className="font-medium">{label}.</span> <span className="text-ink-soft">{explanation ?? sentence}</span>
        </>
      ),
    },
    // The explanation quotes it; only until there is one it stands alone.
    ...(endDetail === null || explanation?.includes(endDetail) === true
      ? []
      : [{ term: "In words", details: <q>{endDetail}</q> }]),
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
