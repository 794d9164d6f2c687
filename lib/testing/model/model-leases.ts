import { isLive, lifetimeEnd } from "./model-time";
import { GRACE_MS, type ModelBoot, type ModelWorld, note } from "./model-world";

export function renewLease(boot: ModelBoot, now: number): void {
  boot.status = "alive";
  boot.endedAt = null;
  boot.lastHeartbeatAt = now;
  boot.leaseEndsAt = now + boot.leaseMs;
}

/** Takes up what was lost with a boot that is alive again; answers how many. */
export function revive({ sessions, now }: ModelWorld): number {
  const back = sessions.filter(
    (session) =>
      session.status === "disconnected" &&
      session.endReason === "instance_lost" &&
      session.holder?.status === "alive" &&
      isLive(session, now),
  );
  for (const session of back) {
    session.status = "active";
    session.endReason = session.endDetail = session.endedAt = session.disconnectedAt = null;
    const due = Math.max(session.lastActivityAt + session.idleTimeoutMs, now + GRACE_MS);
    if (lifetimeEnd(session) > now) session.deadline = Math.min(due, lifetimeEnd(session));
    note(session, { type: "revived", at: now, data: { instanceId: session.holder?.instanceId } });
  }
  return back.length;
}
