import { isRefused, newSession, usable } from "./model-sessions";
import { hasDeadline, isLive, lifetimeEnd, recordExpired, statusAt } from "./model-time";
import { tokenExpiry } from "./model-tokens";
import { wireOf } from "./model-wire";
import {
  type Expected,
  type ModelSession,
  type ModelWorld,
  note,
  RECOVERY_MS,
  refusal,
  sessionOf,
} from "./model-world";

export interface Ending {
  id: string;
  as: "closed" | "terminated";
  by?: "client" | "server";
  reason?: string;
  epoch: number | null;
}

export function end(world: ModelWorld, { id, as, by, reason, epoch }: Ending): Expected {
  const { now } = world;
  const session = sessionOf(world, id);
  const answer = usable(world, id, epoch);
  const isFenced = session && epoch !== null && epoch !== session.epoch;
  if (!session || isFenced) return answer as Expected;
  const canComeBack = statusAt(session, now) === "expired" && tokenExpiry(session, now) !== null;
  if (!isLive(session, now) && !(as === "terminated" && canComeBack)) return answer as Expected;
  if (canComeBack && hasDeadline(session)) recordExpired(world);
  const from = session.status;
  session.endReason = as === "terminated" ? "operator_terminated" : by === "client" ? "client_closed" : "server_closed";
  session.status = as;
  session.endDetail = reason ?? null;
  session.endedAt = now;
  session.holder = null;
  const data = { ...(from !== "active" && { from }), ...(reason !== undefined && { detail: reason }) };
  note(session, { type: as, at: now, reason: session.endReason, data });
  return { status: 200, body: wireOf(session, now) };
}

export interface Loss {
  id: string;
  reason: string;
  detail: string | null;
  epoch: number | null;
}

export function disconnect(world: ModelWorld, { id, reason, detail, epoch }: Loss): Expected {
  const answer = usable(world, id, epoch);
  if (!isRefused(answer)) {
    lose(answer, { now: world.now, reason, detail, instanceId: answer.instanceId });
    return { status: 200, body: wireOf(answer, world.now) };
  }
  const session = sessionOf(world, id);
  const isRepeated = session && (answer.body as { code: string }).code === "session_disconnected";
  return isRepeated ? { status: 200, body: wireOf(session, world.now) } : answer;
}

interface Cause {
  now: number;
  reason: string;
  detail: string | null;
  instanceId: string | null;
}

/** An active session loses its server: a request in flight is cut off then, which was activity until now. */
export function lose(session: ModelSession, { now, reason, detail, instanceId }: Cause): void {
  if (session.inFlight > 0) session.lastActivityAt = Math.max(session.lastActivityAt, now);
  session.inFlight = 0;
  session.status = "disconnected";
  session.endReason = reason;
  session.endDetail = detail;
  session.endedAt = session.disconnectedAt = now;
  session.deadline = Math.min(now + RECOVERY_MS, lifetimeEnd(session));
  const data = { ...(instanceId !== null && { instanceId }), ...(detail !== null && { detail }) };
  note(session, { type: "disconnected", at: now, reason, data });
}

export function renew(world: ModelWorld, id: string, newId: string): Expected {
  const { now } = world;
  const session = sessionOf(world, id);
  if (!session) return refusal(404, "session_not_found");
  const status = statusAt(session, now);
  if (status === "active") return refusal(409, "session_active");
  if (status !== "expired") return usable(world, id) as Expected;
  if (hasDeadline(session)) recordExpired(world);
  const known = session.supersededBy === null ? undefined : sessionOf(world, session.supersededBy);
  if (known) return { status: 200, body: { newSessionId: known.id, session: wireOf(known, now) } };
  if (sessionOf(world, newId)) return refusal(409, "session_exists", { sessionId: newId });
  const { lastHolder } = session;
  const holder = lastHolder?.status === "alive" && lastHolder.drain === null ? lastHolder : null;
  // Whoever is gone, or takes no new sessions, has no part in the successor.
  const instanceId = lastHolder === holder ? session.instanceId : null;
  const successor = newSession(now, { ...session, id: newId, instanceId, holder });
  successor.labels = { ...session.labels };
  successor.supersedes = id;
  successor.events = [{ type: "created", at: now, reason: null, data: { supersedes: id } }];
  session.supersededBy = newId;
  note(session, { type: "renewed", at: now, data: { newSessionId: newId } });
  world.sessions.push(successor);
  return { status: 201, body: { newSessionId: newId, session: wireOf(successor, now) } };
}
