import { renewLease, revive } from "./model-leases";
import { dueAt, isOver, reasonOfExpiry, statusAt } from "./model-time";
import {
  bootOf,
  canComeBack,
  type Expected,
  iso,
  type ModelSession,
  type ModelWorld,
  note,
  refusal,
  sessionOf,
} from "./model-world";
import { wireOf } from "./model-wire";

export interface Creation {
  id: string;
  server: string;
  instanceId: string | null;
  bootId: string | null;
  idleTimeoutMs: number;
  lifetimeMs: number | null;
}

export function create(world: ModelWorld, creation: Creation): Expected {
  const { id, server, instanceId, bootId } = creation;
  const current = instanceId === null ? undefined : bootOf(world, instanceId);
  const ours = current?.server === server ? current : undefined;
  if (ours?.drain && canComeBack(ours)) return refusal(409, "instance_draining");
  if (bootId !== null && !ours) return refusal(404, "instance_not_found");
  if (bootId !== null && !(ours && canComeBack(ours) && ours.bootId === bootId))
    return refusal(409, "instance_superseded");
  if (sessionOf(world, id)) return refusal(409, "session_exists", { sessionId: id });
  // A lease that has run out is none, unless the very boot says that it is there.
  const holder = ours?.status === "alive" || bootId !== null ? (ours ?? null) : null;
  const session = newSession(world.now, { ...creation, holder });
  world.sessions.push(session);
  if (holder?.status === "lost") {
    renewLease(holder, world.now);
    revive(world);
  }
  return { status: 201, body: wireOf(session, world.now) };
}

type Opening = Omit<Creation, "bootId"> & Pick<ModelSession, "holder">;

export function newSession(
  now: number,
  { id, server, instanceId, idleTimeoutMs, lifetimeMs, holder }: Opening,
): ModelSession {
  const session: ModelSession = {
    ...{ id, server, instanceId, idleTimeoutMs, lifetimeMs, labels: {} },
    ...{ status: "active", endReason: null, endDetail: null, endedAt: null, createdAt: now },
    ...{ lastActivityAt: now, lastHeartbeatAt: null, inFlight: 0, requests: 0, errors: 0 },
    ...{ deadline: 0, disconnectedAt: null, epoch: 1, reconnects: 0, state: {}, stateVersion: 0, messages: [] },
    ...{ supersedes: null, supersededBy: null, holder, lastHolder: holder, tokens: [], events: [] },
  };
  session.deadline = dueAt(session);
  note(session, { type: "created", at: now });
  return session;
}

/** The session if it can be written to under an epoch, or why not. */
export function usable(world: ModelWorld, id: string, epoch: number | null = null): ModelSession | Expected {
  const session = sessionOf(world, id);
  if (!session) return refusal(404, "session_not_found");
  if (epoch !== null && epoch !== session.epoch) return refusal(409, "session_fenced", { epoch: session.epoch });
  const ended = whyEnded(session, world.now);
  if (ended) return ended;
  if (session.status === "disconnected") {
    return refusal(409, "session_disconnected", {
      endReason: session.endReason,
      recoverableUntil: iso(session.deadline),
    });
  }
  return session;
}

export function isRefused(answer: ModelSession | Expected): answer is Expected {
  return !("id" in answer);
}

export function whyEnded(session: ModelSession, now: number): Expected | null {
  const sessionStatus = statusAt(session, now);
  if (sessionStatus === "active" || sessionStatus === "disconnected") return null;
  const isUnrecorded = isOver(session, now);
  const endReason = isUnrecorded ? reasonOfExpiry(session) : session.endReason;
  const endedAt = iso(isUnrecorded ? session.deadline : session.endedAt);
  return refusal(410, sessionStatus === "expired" ? "session_expired" : "session_gone", {
    ...{ sessionStatus, endReason, endedAt },
  });
}

export interface Update {
  id: string;
  epoch: number | null;
  changes: { idleTimeoutMs?: number; lifetimeMs?: number | null; labels?: Record<string, string | null> };
}

export function update(world: ModelWorld, { id, epoch, changes }: Update): Expected {
  const session = usable(world, id, epoch);
  if (isRefused(session)) return session;
  const { now } = world;
  const wasForgiven = dueAt(session) <= now;
  const timeouts = [session.idleTimeoutMs, session.lifetimeMs];
  session.idleTimeoutMs = changes.idleTimeoutMs ?? session.idleTimeoutMs;
  if (changes.lifetimeMs !== undefined) session.lifetimeMs = changes.lifetimeMs;
  for (const [label, value] of Object.entries(changes.labels ?? {})) {
    if (value === null) Reflect.deleteProperty(session.labels, label);
    else session.labels[label] = value;
  }
  const isMoved = timeouts[0] !== session.idleTimeoutMs || timeouts[1] !== session.lifetimeMs;
  if (isMoved) session.deadline = Math.max(dueAt(session), wasForgiven ? session.deadline : now);
  note(session, { type: "updated", at: now });
  return { status: 200, body: wireOf(session, now) };
}
