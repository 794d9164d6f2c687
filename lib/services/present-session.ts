import type { Session } from "@/lib/contract/session";
import type { SessionRecord } from "@/lib/domain/session";
import { viewSession } from "@/lib/domain/session-view";
import type { ServiceContext } from "./context";

export function isoTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

export function isoOrNull(epochMs: number | null): string | null {
  return epochMs === null ? null : isoTime(epochMs);
}

/** A stored session as the wire shows it at `now`: an answer about several speaks of one moment. */
export function presentSession(ctx: ServiceContext, record: SessionRecord, now = ctx.clock.now()): Session {
  const { pk: _, instancePk: _boot, activity, createdAt, status: _recorded, tokenExpiresAt, ...facts } = record;
  const view = viewSession(record, now, ctx.policy.thresholds);
  return {
    ...facts,
    ...view,
    createdAt: isoTime(createdAt),
    lastActivityAt: isoTime(activity.lastActivityAt),
    lastHeartbeatAt: isoOrNull(activity.lastHeartbeatAt),
    expiresAt: isoOrNull(view.expiresAt),
    endedAt: isoOrNull(view.endedAt),
    inFlight: view.status === "active" ? activity.inFlight : 0,
    requestCount: activity.requestCount,
    errorCount: activity.errorCount,
    epoch: activity.epoch,
    tokenExpiresAt: tokenExpiresAt !== null && tokenExpiresAt > now ? isoTime(tokenExpiresAt) : null,
  };
}
