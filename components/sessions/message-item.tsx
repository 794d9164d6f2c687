"use client";

import { memo } from "react";
import { ClippedText } from "@/components/ui/clipped-text";
import { JsonTree } from "@/components/ui/json-tree";
import type { Message } from "@/lib/contract/messages";
import { formatAbsolute, formatClock, formatDay } from "@/lib/web/format-time";
import { type MessagePart, messageParts } from "@/lib/web/message-parts";
import { useTimeZone } from "@/lib/web/use-time-zone";
import { ROLE_LOOKS } from "./role-looks";

const LONGEST_TEXT = 2_000;

interface MessageItemProps {
  message: Message;
}

/** One message as plain text: whatever it contains, nothing of it is interpreted. */
export const MessageItem = memo(function MessageItem({ message }: MessageItemProps) {
  const { label, Icon } = ROLE_LOOKS[message.role];
  return (
    <li className="flex gap-3 border-t py-3 first:border-t-0">
      <span className="grid size-7 shrink-0 place-items-center rounded-full border bg-sunken text-ink-soft">
        <Icon aria-hidden="true" className="size-3.5" />
      </span>
      <div className="min-w-0 flex-1 pt-1 text-[13px]">
        <p className="flex flex-wrap justify-between gap-x-3">
          <span className="font-medium">{label}</span>
          <Moment at={message.createdAt} />
        </p>
        <div className="mt-1 space-y-2 leading-relaxed">
          {messageParts(message.content).map((part, index) => (
            // A message never changes: the position of a part is its identity.
            <Part key={index} part={part} />
          ))}
        </div>
      </div>
    </li>
  );
});

function Part({ part }: { part: MessagePart }) {
  if (part.kind === "text") {
    if (part.text === "") return <p className="text-ink-soft">(empty)</p>;
    return (
      <div>
        <ClippedText text={part.text} maxLength={LONGEST_TEXT} />
      </div>
    );
  }
  return (
    <figure className="rounded-lg border bg-sunken px-3 py-2">
      <figcaption className="text-xs font-medium wrap-anywhere text-ink-soft">{part.label}</figcaption>
      <div tabIndex={0} role="region" aria-label={`${part.label} as JSON`} className="overflow-x-auto">
        <JsonTree value={part.value} />
      </div>
    </figure>
  );
}

/** Does not tick: there may be thousands of them. */
function Moment({ at }: { at: string }) {
  const timeZone = useTimeZone();
  const moment = Date.parse(at);
  return (
    <time dateTime={at} title={formatAbsolute(moment, timeZone)} className="text-xs text-ink-soft">
      {formatDay(moment, timeZone)}, {formatClock(moment, timeZone)}
    </time>
  );
}
