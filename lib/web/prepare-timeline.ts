import type { SessionEvent } from "@/lib/contract/events";

/** One line of a timeline: an event, or a run of writes of the same kind. */
export type TimelineEntry = { kind: "event"; event: SessionEvent } | WritesEntry;

export interface WritesEntry {
  kind: "state_written" | "messages_appended";
  /** The first of the events, so that a growing run stays the same line. */
  seq: number;
  writes: number;
  /** State: the versions from first to last. */
  versions: readonly [from: number, to: number] | null;
  /** Messages: how many in all. */
  messageCount: number | null;
  firstAt: string;
  lastAt: string;
}

/**
 * Folds runs of content writes, which busy sessions make by the thousand. State and messages usually take turns,
 * so a run is broken by other events only; it becomes at most one line of either kind.
 */
export function prepareTimeline(events: readonly SessionEvent[]): TimelineEntry[] {
  const entries: TimelineEntry[] = [];
  const run = new Map<WritesEntry["kind"], number>();
  for (const event of events) {
    const write = writeOf(event);
    if (!write) {
      run.clear();
      entries.push({ kind: "event", event });
      continue;
    }
    const index = run.get(write.kind) ?? entries.length;
    const before = entries[index];
    run.set(write.kind, index);
    entries[index] = before === undefined || before.kind === "event" ? write : join(before, write);
  }
  return entries;
}

/** Null for what is not a write, or does not say what it wrote: that is shown as it is. */
function writeOf({ type, seq, at, data }: SessionEvent): WritesEntry | null {
  const facts = { seq, writes: 1, firstAt: at, lastAt: at };
  const version = data?.["version"];
  const count = data?.["count"];
  if (type === "state_written" && typeof version === "number") {
    return { kind: type, ...facts, versions: [version, version], messageCount: null };
  }
  if (type === "messages_appended" && typeof count === "number") {
    return { kind: type, ...facts, versions: null, messageCount: count };
  }
  return null;
}

function join(run: WritesEntry, write: WritesEntry): WritesEntry {
  return {
    ...run,
    writes: run.writes + write.writes,
    versions: run.versions && write.versions && [run.versions[0], write.versions[1]],
    messageCount: run.messageCount === null ? null : run.messageCount + (write.messageCount ?? 0),
    lastAt: write.lastAt,
  };
}
