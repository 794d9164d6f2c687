import { Braces, MessageSquare } from "lucide-react";
import { describeWrites } from "@/lib/web/describe-writes";
import { formatSpan } from "@/lib/web/format-duration";
import type { WritesEntry } from "@/lib/web/prepare-timeline";
import { TimelineLine } from "./timeline-line";

const ICONS = { state_written: Braces, messages_appended: MessageSquare };

interface TimelineWritesProps {
  entry: WritesEntry;
}

/** A run of writes, at the time of its latest. */
export function TimelineWrites({ entry }: TimelineWritesProps) {
  const { kind, writes, firstAt, lastAt } = entry;
  return (
    <TimelineLine Icon={ICONS[kind]} label={describeWrites(entry)} at={lastAt}>
      {writes > 1 && <p className="text-ink-soft">within {formatSpan(Date.parse(lastAt) - Date.parse(firstAt))}</p>}
    </TimelineLine>
  );
}
