import type { SingleFrame } from "@/lib/contract/live";
import type { LogEntry } from "@/lib/domain/events";
import { type Audience, keyOf } from "./audience";
import { composeMessage, FeedItem, type LiveFilter } from "./feed-item";
import { partsOfLog, pksOf } from "./items-of-log";
import type { LiveSource, Timers } from "./live-source";
import type { Arrival, Seat } from "./seat";

/** Events that a viewer may have missed and still gets, and how far back in the whole log they may lie. */
export const MAX_MISSED = 1_000;
export const MAX_DISTANCE = 10_000;
const PAGE = 100;
/** Each one reads the log on its own; the others wait for the next round. */
const GROUPS_PER_ROUND = 25;

export interface Admission {
  source: LiveSource;
  timers: Timers;
  audience: Audience;
  /** Everything up to here has been sent to all who are seated. */
  position: number;
}

interface Member {
  seat: Seat;
  arrival: Arrival;
}

interface Group {
  filter: LiveFilter;
  since: number;
  members: Member[];
}

/** Brings viewers that arrive to where the feed is, and seats them. Answers whether some have to wait for the next round. */
export async function admitViewers(admission: Admission): Promise<{ more: boolean }> {
  const groups = new Map<string, Group>();
  for (const seat of admission.audience.arriving) {
    const { arrival } = seat;
    if (!arrival || !seat.hasRoom()) continue;
    const { filter, since } = arrival;
    if (since === null) welcome(admission, { seat, arrival });
    else {
      const key = `${String(since)} ${keyOf(filter)}`;
      const group = groups.get(key) ?? { filter, since, members: [] };
      groups.set(key, group);
      group.members.push({ seat, arrival });
    }
  }
  let more = groups.size > GROUPS_PER_ROUND;
  for (const group of [...groups.values()].slice(0, GROUPS_PER_ROUND)) {
    if (!(await resume(admission, group))) more = true;
  }
  return { more };
}

function welcome(admission: Admission, { seat, arrival }: Member): void {
  if (!arrival.isGreeted) seat.send(hello(admission, admission.position));
  if (arrival.isTooSlow) seat.send(resync(admission, "too_slow"));
  admission.audience.seat(seat, arrival.filter);
}

/** Sends what the members of a group have missed. Answers false when they are ahead of the feed and have to wait for it. */
async function resume(admission: Admission, group: Group): Promise<boolean> {
  const { source, audience, position } = admission;
  const { since, filter, members } = group;
  for (const { seat } of members) audience.standUp(seat);
  if (since > position) {
    if (since <= (await source.readPosition())) return false;
    refuse(admission, group, "unknown_position");
    return true;
  }
  const missed = await readMissed(admission, group);
  if (missed === null) {
    refuse(admission, group, "too_far_behind");
    return true;
  }
  for (const { seat, arrival } of members.filter(isCurrent)) {
    if (!arrival.isGreeted) seat.send(hello(admission, since));
    arrival.isGreeted = true;
  }
  const arrived = await sendMissed(admission, members, missed);
  for (const { seat, arrival } of members.filter(isCurrent)) {
    if (!arrived.has(seat)) {
      // Until its next turn it is not told what is not in the log.
      arrival.isTooSlow = true;
      continue;
    }
    if (arrival.isTooSlow) seat.send(resync(admission, "too_slow"));
    audience.seat(seat, filter);
  }
  return true;
}

/** Null: too much. */
async function readMissed({ source, position }: Admission, { since, filter }: Group): Promise<LogEntry[] | null> {
  if (position - since > MAX_DISTANCE) return null;
  if (position === since) return [];
  const { server, session: sessionId } = filter;
  const entries = await source.readLog({ after: since, upTo: position, limit: MAX_MISSED + 1, server, sessionId });
  return entries.length > MAX_MISSED ? null : entries;
}

/** Answers those who took it all; the others go on in the next round where they stopped. */
async function sendMissed(
  { source, timers }: Admission,
  members: readonly Member[],
  missed: readonly LogEntry[],
): Promise<ReadonlySet<Seat>> {
  let reading = members.filter(isCurrent);
  for (let start = 0; start < missed.length; start += PAGE) {
    const page = missed.slice(start, start + PAGE);
    const sessions = await source.readSessions(pksOf(page));
    for (const { items, seq } of partsOfLog(page, sessions)) {
      reading = reading.filter((member) => isCurrent(member) && member.seat.hasRoom());
      const message = items.length === 0 ? null : composeMessage(items);
      for (const { seat, arrival } of reading) {
        if (message) seat.viewer.send(message);
        arrival.since = seq;
      }
      await timers.pause();
    }
  }
  return new Set(reading.filter(isCurrent).map(({ seat }) => seat));
}

/** It may have left, or asked for something else, while others were waited for. */
function isCurrent({ seat, arrival }: Member): boolean {
  return seat.arrival === arrival;
}

function refuse(admission: Admission, { filter, members }: Group, reason: Resync["reason"]): void {
  for (const { seat, arrival } of members.filter(isCurrent)) {
    if (!arrival.isGreeted) seat.send(hello(admission, admission.position));
    seat.send(resync(admission, reason));
    admission.audience.seat(seat, filter);
  }
}

type Resync = Extract<SingleFrame, { type: "resync" }>;

function hello({ source }: Admission, seq: number): FeedItem {
  return new FeedItem({ type: "hello", seq, at: new Date(source.now()).toISOString() });
}

function resync({ source, position }: Admission, reason: Resync["reason"]): FeedItem {
  return new FeedItem({ type: "resync", seq: position, at: new Date(source.now()).toISOString(), reason });
}
