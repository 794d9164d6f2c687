import { isRefused, usable } from "./model-sessions";
import { dueAt, hasDeadline } from "./model-time";
import {
  type Expected,
  iso,
  type ModelBoot,
  type ModelSession,
  type ModelWorld,
  refusal,
  sessionOf,
} from "./model-world";

/** The figures of one beat; absent ones are not sent. */
export interface Figures {
  idleMs?: number;
  inFlight?: number;
  requests?: number;
  errors?: number;
}

export interface BeatOf extends Figures {
  id: string;
  epoch: number | null;
}

export function beat(world: ModelWorld, { id, epoch, ...figures }: BeatOf): Expected {
  const session = usable(world, id, epoch);
  if (isRefused(session)) return session;
  touch(session, [figures], world.now);
  if (session.deadline <= world.now) return usable(world, id) as Expected;
  return { status: 200, body: { session: { id, status: "active", expiresAt: iso(session.deadline) } } };
}

/** Beats of one session in one request count as one, unless they name different epochs; `by` is the boot that sends them. */
export function batch(world: ModelWorld, beats: readonly BeatOf[], by: ModelBoot | null = null): object[] {
  const results = new Map<BeatOf, object>();
  for (const group of arrange(beats)) {
    const accepted = group.filter((one) => !isRefused(judge(world, one, by)));
    const refused = group.filter((one) => !accepted.includes(one));
    for (const one of refused) results.set(one, { id: one.id, ...toResult(judge(world, one, by)) });
    const [{ id } = { id: "" }] = accepted;
    const session = sessionOf(world, id);
    if (session) touch(session, accepted, world.now);
    for (const one of accepted) results.set(one, { id, ...toResult(judge(world, one, by)) });
  }
  return beats.map((one) => results.get(one) ?? {});
}

/** Runs of beats that are for the same session and name the same epoch, or none. */
function arrange(beats: readonly BeatOf[]): BeatOf[][] {
  const groups: BeatOf[][] = [];
  for (const one of beats) {
    const latest = groups.findLast((group) => group[0]?.id === one.id);
    if (latest?.[0]?.epoch === one.epoch) latest.push(one);
    else groups.push([one]);
  }
  return groups;
}

function judge(world: ModelWorld, { id, epoch }: BeatOf, by: ModelBoot | null): ModelSession | Expected {
  const session = sessionOf(world, id);
  // Another server's sessions are nothing to it, whatever has become of them.
  if (by && session && by.server !== session.server) return refusal(404, "session_not_found");
  // What is open and has no holder may be reported on by any process of its server.
  const holder = session && hasDeadline(session) && session.holder === null ? null : session?.lastHolder;
  if (by && holder && holder !== by) return refusal(409, "session_fenced");
  return usable(world, id, epoch);
}

function toResult(judged: ModelSession | Expected): object {
  if (!isRefused(judged)) return { outcome: "ok", status: "active", reason: null };
  const { code, sessionStatus, endReason } = judged.body as Record<string, string>;
  if (code === "session_not_found") return { outcome: "unknown", status: null, reason: null };
  if (code === "session_fenced") return { outcome: "fenced", status: null, reason: null };
  if (code === "session_disconnected") return { outcome: "disconnected", status: "disconnected", reason: endReason };
  return { outcome: "gone", status: sessionStatus, reason: endReason };
}

function touch(session: ModelSession, reports: readonly Figures[], now: number): void {
  const hadInFlight = session.inFlight > 0;
  session.lastHeartbeatAt = now;
  for (const { idleMs, inFlight, requests, errors } of reports) {
    const isBare = [idleMs, inFlight, requests, errors].every((figure) => figure === undefined);
    const isSilent = idleMs === undefined && requests === 0;
    const wasBusy = session.inFlight > 0;
    // Nobody says when a request in flight ended that is no longer: by now, at the latest.
    const isJustNow = (inFlight ?? 0) > 0 || (isSilent && wasBusy);
    const usedAt = isJustNow ? now : isSilent ? 0 : now - (idleMs ?? 0);
    session.lastActivityAt = Math.max(session.lastActivityAt, usedAt);
    session.inFlight = inFlight ?? 0;
    session.requests += requests ?? (isBare ? 1 : 0);
    session.errors += errors ?? 0;
  }
  const due = dueAt(session);
  // A deadline is never moved into the past: a grace period goes on, a request that ended long ago expires it now.
  if (due > now) session.deadline = due;
  else if (hadInFlight && session.inFlight === 0) session.deadline = now;
}
