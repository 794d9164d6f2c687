import type { BeatResult, Command, HeartbeatReply, HeartbeatsReply } from "@/lib/contract/heartbeat";
import { HoldfastError } from "@/lib/domain/errors";
import type { Beat, BeatOutcome } from "@/lib/store/session-store";
import type { ServiceContext } from "./context";
import { isoTime } from "./present-session";
import { requireSession, sessionEnded, sessionNotFound } from "./require-session";

/** How long a command is repeated to a server that does not acknowledge it. */
const COMMAND_WINDOW_MS = 10 * 60_000;

export interface BeatFigures {
  idleMs?: number | undefined;
  inFlight?: number | undefined;
  requests?: number | undefined;
  errors?: number | undefined;
}

export interface HeartbeatsInput {
  beats: readonly (BeatFigures & { id: string })[];
  acks: readonly string[];
}

/**
 * Records what a server reports of many sessions at once, each with a result of its own, and hands it its open commands.
 * @throws storage_busy, storage_full
 */
export async function recordHeartbeats(ctx: ServiceContext, input: HeartbeatsInput): Promise<HeartbeatsReply> {
  const { outcomes, commands } = await beat(ctx, input);
  const results = input.beats.map(({ id }, index) => resultOf(id, outcomes[index] ?? { outcome: "unknown" }));
  return { results, commands };
}

/**
 * Records a heartbeat of one session.
 * @throws session_not_found, session_gone, session_expired, storage_busy, storage_full
 */
export async function recordHeartbeat(
  ctx: ServiceContext,
  id: string,
  { acks, ...figures }: BeatFigures & { acks: readonly string[] },
): Promise<HeartbeatReply> {
  const { outcomes, commands } = await beat(ctx, { beats: [{ id, ...figures }], acks });
  const [outcome] = outcomes;
  if (outcome?.outcome === "ok") {
    return { session: { id, status: "active", expiresAt: isoTime(outcome.deadlineAt) }, commands };
  }
  if (outcome?.outcome !== "gone") throw sessionNotFound(id);
  const ended = sessionEnded(await requireSession(ctx, id), ctx.clock.now(), ctx);
  if (!ended) throw new HoldfastError("storage_busy", "The session changed while it was being reported on; try again.");
  throw new HoldfastError(ended.code, ended.message, { ...ended.fields, commands });
}

async function beat(
  ctx: ServiceContext,
  { beats, acks }: HeartbeatsInput,
): Promise<{ outcomes: BeatOutcome[]; commands: Command[] }> {
  const now = ctx.clock.now();
  const [outcomes] = await Promise.all([
    beats.length === 0
      ? []
      : ctx.store.recordBeats(
          beats.map((figures) => beatOf(figures, now)),
          now,
        ),
    acks.length === 0 ? undefined : ctx.store.acknowledgeCommands(acks, now),
  ]);
  const ids = beats.map(({ id }) => id);
  return { outcomes, commands: await ctx.store.openCommands(ids, now - COMMAND_WINDOW_MS) };
}

/** A beat without figures says that a request has just happened; one with `requests: 0` and no age, that none has. */
function beatOf({ id, idleMs, inFlight, requests, errors }: BeatFigures & { id: string }, now: number): Beat {
  const isBare = idleMs === undefined && inFlight === undefined && requests === undefined && errors === undefined;
  const reportsNoRequest = idleMs === undefined && requests === 0;
  return {
    id,
    activityAt: reportsNoRequest ? null : now - (idleMs ?? 0),
    inFlight: inFlight ?? 0,
    requests: requests ?? (isBare ? 1 : 0),
    errors: errors ?? 0,
  };
}

function resultOf(id: string, outcome: BeatOutcome): BeatResult {
  if (outcome.outcome === "ok") return { id, outcome: "ok", status: "active", reason: null };
  if (outcome.outcome === "gone") return { id, outcome: "gone", status: outcome.status, reason: outcome.reason };
  return { id, outcome: "unknown", status: null, reason: null };
}
