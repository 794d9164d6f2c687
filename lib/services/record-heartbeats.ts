import type { CommandOutcome } from "@/lib/domain/command";
import type { BeatResult, Command, HeartbeatReply, HeartbeatsReply } from "@/lib/contract/heartbeat";
import { HoldfastError } from "@/lib/domain/errors";
import type { Beat, BeatOutcome, OpenCommand } from "@/lib/store/session-store";
import type { ServiceContext } from "./context";
import { isoTime } from "./present-session";
import { requireSession, sessionFenced, sessionNotFound, sessionUnusable } from "./require-session";

/** How long a command is repeated to a server that does not acknowledge it. */
export const COMMAND_WINDOW_MS = 10 * 60_000;

export interface BeatFigures {
  idleMs?: number | undefined;
  inFlight?: number | undefined;
  requests?: number | undefined;
  errors?: number | undefined;
  epoch?: number | undefined;
}

export interface HeartbeatsInput {
  beats: readonly (BeatFigures & { id: string })[];
  acks: readonly AckInput[];
}

/** A bare id stands for a command that has been carried out. */
export type AckInput = string | { id: string; outcome: CommandOutcome; detail: string | null };

/** Who reports, when it is a registered instance. */
export interface Reporter {
  server: string;
  instanceId: string;
  instancePk: number;
  pid: number | null;
}

/**
 * Records what a server reports of many sessions at once, each with a result of its own, and hands it its open commands.
 * @throws storage_busy, storage_full
 */
export async function recordHeartbeats(ctx: ServiceContext, input: HeartbeatsInput): Promise<HeartbeatsReply> {
  const { outcomes, now } = await beat(ctx, input);
  const ids = input.beats.map(({ id }) => id);
  const commands = await ctx.store.openCommands(ids, now - COMMAND_WINDOW_MS);
  return { results: toResults(input, outcomes), commands: commands.map(presentCommand) };
}

/**
 * Records a heartbeat of one session.
 * @throws session_not_found, session_gone, session_expired, session_disconnected, session_fenced, storage_busy, storage_full
 */
export async function recordHeartbeat(
  ctx: ServiceContext,
  id: string,
  { acks, ...figures }: BeatFigures & { acks: readonly AckInput[] },
): Promise<HeartbeatReply> {
  const { outcomes, now } = await beat(ctx, { beats: [{ id, ...figures }], acks });
  const commands = (await ctx.store.openCommands([id], now - COMMAND_WINDOW_MS)).map(presentCommand);
  const [outcome] = outcomes;
  if (outcome?.outcome === "ok") {
    return { session: { id, status: "active", expiresAt: isoTime(outcome.deadlineAt) }, commands };
  }
  if (!outcome || outcome.outcome === "unknown") throw sessionNotFound(id);
  const record = await requireSession(ctx, id);
  const unusable = sessionFenced(record, { ifEpoch: figures.epoch }) ?? sessionUnusable(record, ctx.clock.now(), ctx);
  if (!unusable)
    throw new HoldfastError("storage_busy", "The session changed while it was being reported on; try again.");
  throw new HoldfastError(unusable.code, unusable.message, { ...unusable.fields, commands });
}

/** Records the beats and acknowledgements of one request; beats of an instance count only for sessions that are its own. */
export async function beat(
  ctx: ServiceContext,
  { beats, acks }: HeartbeatsInput,
  by: Reporter | null = null,
): Promise<{ outcomes: BeatOutcome[]; now: number }> {
  const now = ctx.clock.now();
  const ifInstancePk = by?.instancePk ?? null;
  const toBeat = (figures: BeatFigures & { id: string }): Beat => beatOf(figures, { now, ifInstancePk });
  const [outcomes] = await Promise.all([
    beats.length === 0 ? [] : ctx.store.recordBeats(beats.map(toBeat), now),
    acks.length === 0 ? undefined : acknowledge(ctx, acks, by),
  ]);
  return { outcomes, now };
}

/** Answers the ids of the commands that were open until now. */
export function acknowledge(
  ctx: ServiceContext,
  acks: readonly AckInput[],
  by: Reporter | null,
): Promise<readonly string[]> {
  const named = acks.map((ack) =>
    typeof ack === "string" ? { id: ack, outcome: "done" as const, detail: null } : ack,
  );
  const process = by && { server: by.server, instanceId: by.instanceId, pid: by.pid };
  return ctx.store.acknowledgeCommands(
    named.map((ack) => ({ ...ack, by: process })),
    ctx.clock.now(),
  );
}

export function presentCommand({ id, type, sessionId, reason }: OpenCommand): Command {
  return { id, type, sessionId, reason };
}

/** A beat without figures says that a request has just happened; one with `requests: 0` and no age, that none has. */
function beatOf(
  { id, idleMs, inFlight, requests, errors, epoch }: BeatFigures & { id: string },
  { now, ifInstancePk }: { now: number; ifInstancePk: number | null },
): Beat {
  const isBare = idleMs === undefined && inFlight === undefined && requests === undefined && errors === undefined;
  const reportsNoRequest = idleMs === undefined && requests === 0;
  return {
    id,
    activityAt: reportsNoRequest ? null : now - (idleMs ?? 0),
    inFlight: inFlight ?? 0,
    requests: requests ?? (isBare ? 1 : 0),
    errors: errors ?? 0,
    ifEpoch: epoch ?? null,
    ifInstancePk,
  };
}

export function toResults({ beats }: HeartbeatsInput, outcomes: readonly BeatOutcome[]): BeatResult[] {
  return beats.map(({ id }, index) => resultOf(id, outcomes[index] ?? { outcome: "unknown" }));
}

function resultOf(id: string, outcome: BeatOutcome): BeatResult {
  if (outcome.outcome === "ok") return { id, outcome: "ok", status: "active", reason: null };
  if (outcome.outcome === "gone" || outcome.outcome === "disconnected") return { id, ...outcome };
  return { id, outcome: outcome.outcome, status: null, reason: null };
}
