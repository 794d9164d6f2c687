"use client";

import { LoaderCircle } from "lucide-react";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import type { MessageWindow } from "@/lib/web/message-window";
import { useEarlierMessages } from "@/lib/web/use-session-content";
import { pluralize } from "@/lib/web/format-number";
import { MessageItem } from "./message-item";

interface MessageListProps {
  sessionId: string;
  window: MessageWindow;
  isOutdated: boolean;
}

/** Messages in a box of their own, oldest first, opened at the latest. */
export function MessageList({ sessionId, window: { messages, nextBefore }, isOutdated }: MessageListProps) {
  const box = useRef<HTMLDivElement>(null);
  const earlier = useEarlierMessages(sessionId);
  const showEarlier = (before: number) => {
    earlier.mutate(before, {
      onSuccess: (page) => {
        // The button goes with the last page; the focus must not be lost with it.
        if (page.nextBefore === null) box.current?.focus({ preventScroll: true });
      },
    });
  };
  return (
    // Laid out from its end: opens at the latest message and stays in place while earlier ones join above.
    <div
      ref={box}
      tabIndex={0}
      role="region"
      aria-label="Message list"
      className={`relative flex max-h-[min(36rem,70dvh)] flex-col-reverse overflow-x-hidden overflow-y-auto border-t px-4 sm:px-5 ${isOutdated ? "outdated mt-3" : ""}`}
    >
      <div>
        {nextBefore !== null && (
          // Not what the browser holds on to when earlier messages push it away.
          <div className="flex flex-wrap items-center justify-center gap-x-3 gap-y-1 border-b py-3 [overflow-anchor:none]">
            <Button
              variant="secondary"
              size="small"
              aria-disabled={earlier.isPending}
              onClick={() => {
                if (!earlier.isPending) showEarlier(nextBefore);
              }}
            >
              {earlier.isPending && <LoaderCircle aria-hidden="true" className="animate-spin" />}
              Show earlier
            </Button>
            {earlier.error && <span className="text-[13px] text-bad">{earlier.error.title}.</span>}
          </div>
        )}
        <ol>
          {messages.map((message) => (
            <MessageItem key={message.seq} message={message} />
          ))}
        </ol>
        <p role="status" className="sr-only">
          {earlier.data && `${pluralize(earlier.data.messages.length, "earlier message")} shown.`}
        </p>
      </div>
    </div>
  );
}
