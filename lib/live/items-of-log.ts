import type { SingleFrame } from "@/lib/contract/live";
import type { Session } from "@/lib/contract/session";
import { COMMAND_OUTCOMES } from "@/lib/domain/command";
import type { LogEntry, SessionEventType } from "@/lib/domain/events";
import type { JsonObject, JsonValue, SessionStatus } from "@/lib/domain/session";
import { FeedItem, MESSAGE_LENGTH } from "./feed-item";

type Framed<Type extends SingleFrame["type"]> = Extract<SingleFrame, { type: Type }>;

/** What one message tells of the log: everything up to its position. */
export interface LogPart {
  items: FeedItem[];
  seq: number;
}

/** A stretch of the log in parts of a good length. What folds does so within a part: a viewer may go on after any of them. */
export function partsOfLog(entries: readonly LogEntry[], sessions: ReadonlyMap<number, Session>): LogPart[] {
  const parts: LogEntry[][] = [];
  const lengths = new Map<number, number>();
  const updated = new Set<number>();
  let length = Number.POSITIVE_INFINITY;
  for (const entry of entries) {
    const { pk, type } = entry;
    const ofSession = lengths.get(pk) ?? JSON.stringify(sessions.get(pk) ?? null).length;
    lengths.set(pk, ofSession);
    const added = isUpdate(type) && updated.has(pk) ? 0 : ofSession;
    if (length + added > MESSAGE_LENGTH) {
      parts.push([]);
      updated.clear();
      length = 0;
    }
    parts.at(-1)?.push(entry);
    length += added;
    if (isUpdate(type)) updated.add(pk);
  }
  return parts.map((part) => ({ items: itemsOfLog(part, sessions), seq: part.at(-1)?.seq ?? 0 }));
}

/**
 * A stretch of the log as frames, in its order. What is not a session's beginning or end folds into one update per
 * session, at the position of its last event. Entries whose session is no longer on record are left out.
 */
export function itemsOfLog(entries: readonly LogEntry[], sessions: ReadonlyMap<number, Session>): FeedItem[] {
  const items: FeedItem[] = [];
  const updates = new Map<number, LogEntry[]>();
  for (const entry of entries) {
    const session = sessions.get(entry.pk);
    if (!session) continue;
    for (const frame of framesOf(entry, session)) items.push(new FeedItem(frame, entry));
    if (isUpdate(entry.type)) updates.set(entry.pk, [...(updates.get(entry.pk) ?? []), entry]);
  }
  for (const [pk, folded] of updates) {
    const [session, last] = [sessions.get(pk), folded.at(-1)];
    if (session && last) items.push(new FeedItem(updated(folded, { session, last }), last));
  }
  return items.sort((one, other) => one.frame.seq - other.frame.seq);
}

/** The frames that an entry has of its own. */
function framesOf(entry: LogEntry, session: Session): SingleFrame[] {
  const { type } = entry;
  if (type === "created") return [{ type: "session_created", ...positionOf(entry), session }];
  if (type === "command_acknowledged") return acknowledged(entry, entry.data ?? {});
  return isEnd(type) ? ended(entry, type, session) : [];
}

type EndType = Exclude<SessionStatus, "active">;

function isEnd(type: SessionEventType): type is EndType {
  return type === "disconnected" || type === "expired" || type === "closed" || type === "terminated";
}

function isUpdate(type: SessionEventType): boolean {
  return type !== "created" && type !== "command_acknowledged" && !isEnd(type);
}

/** An end, and the command that tells the MCP server of it if there is one. */
function ended(entry: LogEntry, status: EndType, session: Session): SingleFrame[] {
  const reason = entry.reason ?? "unknown";
  const end: SingleFrame = { type: "session_disconnected", ...positionOf(entry), status, reason, session };
  const commandId = textOf(entry.data?.["commandId"]);
  return commandId === null ? [end] : [end, requested(entry, commandId)];
}

function updated(
  folded: readonly LogEntry[],
  { session, last }: { session: Session; last: LogEntry },
): Framed<"session_updated"> {
  return { type: "session_updated", ...positionOf(last), events: folded.map(({ type }) => type), session };
}

function requested(entry: LogEntry, commandId: string): Framed<"command_updated"> {
  const { sessionId } = entry;
  const nobody = { outcome: null, detail: null, elapsedMs: null, instanceId: null, pid: null };
  return { type: "command_updated", ...positionOf(entry), commandId, sessionId, state: "requested", ...nobody };
}

function acknowledged(entry: LogEntry, data: JsonObject): Framed<"command_updated">[] {
  const commandId = textOf(data["commandId"]);
  if (commandId === null) return [];
  return [
    {
      type: "command_updated",
      ...positionOf(entry),
      commandId,
      sessionId: entry.sessionId,
      state: "acknowledged",
      outcome: COMMAND_OUTCOMES.find((outcome) => outcome === data["outcome"]) ?? null,
      detail: textOf(data["detail"]),
      // Of a clock that was set back in between.
      elapsedMs: atLeastZero(numberOf(data["elapsedMs"])),
      instanceId: textOf(data["instanceId"]),
      pid: numberOf(data["pid"]),
    },
  ];
}

function positionOf({ seq, at }: LogEntry): { seq: number; at: string } {
  return { seq, at: new Date(at).toISOString() };
}

function textOf(value: JsonValue | undefined): string | null {
  return typeof value === "string" ? value : null;
}

function atLeastZero(value: number | null): number | null {
  return value === null ? null : Math.max(0, value);
}

function numberOf(value: JsonValue | undefined): number | null {
  return typeof value === "number" ? value : null;
}

/** The sessions that entries speak of, each once. */
export function pksOf(entries: readonly { pk: number }[]): number[] {
  return [...new Set(entries.map(({ pk }) => pk))];
}
