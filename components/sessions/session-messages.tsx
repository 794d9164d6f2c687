"use client";

import { OutdatedNote } from "@/components/live/outdated-note";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import type { Session } from "@/lib/contract/session";
import { formatCount, pluralize } from "@/lib/web/format-number";
import type { MessageWindow } from "@/lib/web/message-window";
import { useSessionMessages } from "@/lib/web/use-session-content";
import { EmptyNote } from "./empty-note";
import { MessageList } from "./message-list";

interface SessionMessagesProps {
  session: Session;
}

/** The session's message context. */
export function SessionMessages({ session }: SessionMessagesProps) {
  const { data, error, dataUpdatedAt, isFetching, refetch } = useSessionMessages(session);
  const filled = data && data.messages.length > 0 ? data : null;
  const isEmpty = session.messageCount === 0 && !filled;
  return (
    <Card title="Messages" {...(filled && { description: describe(filled) })}>
      {error && (
        <div className="px-4 pb-4 sm:px-5">
          <OutdatedNote {...{ error, dataUpdatedAt, isFetching }} onRetry={() => void refetch()} />
        </div>
      )}
      {!filled && !error && (
        <div className="px-4 pb-4 sm:px-5">
          {isEmpty ? <EmptyNote>No messages have been appended.</EmptyNote> : <Skeleton className="h-32" />}
        </div>
      )}
      {filled && <MessageList sessionId={session.id} window={filled} isOutdated={error !== null} />}
    </Card>
  );
}

function describe({ messages, messageCount }: MessageWindow): string {
  if (messages.length >= messageCount) return pluralize(messageCount, "message");
  return `the latest ${formatCount(messages.length)} of ${pluralize(messageCount, "message")}`;
}
