import type { ReactNode } from "react";
import { SessionStatusBadge } from "@/components/sessions/session-status-badge";
import type { Session } from "@/lib/contract/session";
import { describeClient } from "@/lib/web/describe-client";
import { describeEndReason } from "@/lib/web/describe-end-reason";
import { formatCount } from "@/lib/web/format-number";
import type { SessionColumnId } from "@/lib/web/sessions/session-columns";
import { Moment } from "./moment";
import { Uptime } from "./spans";

interface SessionCellProps {
  column: SessionColumnId;
  session: Session;
  isCurrentRow: boolean;
  isTerminating: boolean;
}

/** What a column says of a session. */
export function SessionCell({ column, session, isCurrentRow, isTerminating }: SessionCellProps): ReactNode {
  switch (column) {
    case "server":
      return <Text text={session.server} />;
    case "client":
      return <Client session={session} />;
    case "status":
      return <SessionStatusBadge session={session} isTerminating={isTerminating} />;
    case "reason":
      return session.endReason === null ? <None /> : describeEndReason(session.endReason).label;
    case "lastActivity":
      return <Moment at={session.lastActivityAt} isReachable={isCurrentRow} />;
    case "created":
      return <Moment at={session.createdAt} isReachable={isCurrentRow} />;
    case "ended":
      return <Moment at={session.endedAt} isReachable={isCurrentRow} />;
    case "uptime":
      return <Uptime session={session} />;
    case "requests":
      return formatCount(session.requestCount);
    case "errors":
      return <Errors count={session.errorCount} />;
    case "principal":
      return <Text text={session.principal} />;
    case "protocol":
      return <Text text={session.protocolVersion} />;
    case "instance":
      return <Text text={session.instanceId} />;
    case "reconnects":
      return formatCount(session.reconnectCount);
    case "messages":
      return formatCount(session.messageCount);
    case "labels":
      return <Labels labels={session.labels} />;
  }
}

function None() {
  return <span className="text-ink-soft">—</span>;
}

function Text({ text }: { text: string | null }) {
  return text === null ? <None /> : <span title={text}>{text}</span>;
}

function Client({ session }: { session: Session }) {
  const client = describeClient(session);
  if (client === null) return <None />;
  return (
    <span title={[client.name, client.version].filter(Boolean).join(" ")}>
      {client.name} {client.version !== null && <span className="text-ink-soft">{client.version}</span>}
    </span>
  );
}

function Errors({ count }: { count: number }) {
  return <span className={count > 0 ? "font-medium text-bad" : "text-ink-soft"}>{formatCount(count)}</span>;
}

function Labels({ labels }: { labels: Session["labels"] }) {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  if (pairs.length === 0) return <None />;
  return (
    <span title={pairs.join("\n")} className="font-mono text-xs">
      {pairs.join(" ")}
    </span>
  );
}
