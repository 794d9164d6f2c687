import { MAX_STATE_BYTES } from "@/lib/contract/state";
import { HoldfastError } from "@/lib/domain/errors";
import type { JsonObject } from "@/lib/domain/session";
import type { StateRecord } from "@/lib/store/session-content-store";
import type { ServiceContext, SessionRef } from "./context";
import { readState } from "./read-state";
import { requireSession, sessionFenced, sessionUnusable } from "./require-session";

export interface WriteStateInput extends SessionRef {
  /** `merge` applies the document as a JSON merge patch (RFC 7396) to the state of that very moment. */
  mode: "replace" | "merge";
  document: JsonObject;
  /** Write only this version of the state; null for any. */
  ifVersion: number | null;
}

/**
 * Writes the state of an active session; answers it as it is now. Writes to one session follow one another, and a merge
 * is applied where the state is stored: concurrent patches to different keys never lose one another.
 * @throws session_not_found, session_gone, session_expired, session_disconnected, session_fenced,
 * precondition_failed, state_too_large, storage_busy, storage_full
 */
export async function writeState(ctx: ServiceContext, input: WriteStateInput): Promise<StateRecord> {
  const now = ctx.clock.now();
  const result = await ctx.store.writeState({
    ...input,
    ifEpoch: input.ifEpoch ?? null,
    maxBytes: MAX_STATE_BYTES,
    now,
  });
  if (result.outcome === "won") return { state: result.state, version: result.version };
  const record = await requireSession(ctx, input.id);
  const unusable = sessionFenced(record, input) ?? sessionUnusable(record, now, ctx);
  if (unusable) throw unusable;
  const { version } = await readState(ctx, input.id);
  if (input.ifVersion !== null && input.ifVersion !== version) {
    const detail = `The state has version ${String(version)}, not ${String(input.ifVersion)}.`;
    throw new HoldfastError("precondition_failed", detail, { stateVersion: version });
  }
  throw new HoldfastError("state_too_large", `A state must not exceed ${String(MAX_STATE_BYTES)} bytes.`);
}
