import { formatCount } from "@/lib/web/format-number";
import type { Counts } from "@/lib/web/prepare-servers";

interface SessionCountsProps {
  counts: Counts;
}

/** `3 active · 1 disconnected`; the second part only where there is one. */
export function SessionCounts({ counts: { active, disconnected } }: SessionCountsProps) {
  return (
    <>
      <span className="whitespace-nowrap">{formatCount(active)} active</span>
      {disconnected > 0 && (
        <>
          {" "}
          · <span className="font-medium whitespace-nowrap text-warn">{formatCount(disconnected)} disconnected</span>
        </>
      )}
    </>
  );
}
