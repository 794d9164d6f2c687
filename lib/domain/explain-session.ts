import type { SessionRecord } from "./session";
import type { SessionView } from "./session-view";

/** Longest silence of a server that still counts as reporting up to the end. */
const REPORTING_GAP_MS = 60_000;

export interface Explanation {
  /** One sentence for a person: what became of the session and why. */
  sentence: string;
  /** The facts it rests on. Times are epoch milliseconds. */
  evidence: { fact: string; at: number | null; value: string | null }[];
}

/** Why a session is as it is at the moment of `view`, from what its server reported of it. */
export function explainSession(record: SessionRecord, view: SessionView, now: number): Explanation {
  const { activity, createdAt, idleTimeoutMs, lifetimeMs, endDetail } = record;
  return {
    sentence: sentenceOf(record, view, now),
    evidence: [
      { fact: "created", at: createdAt, value: null },
      { fact: "last_activity", at: activity.lastActivityAt, value: null },
      { fact: "last_heartbeat", at: activity.lastHeartbeatAt, value: null },
      { fact: "idle_timeout", at: null, value: duration(idleTimeoutMs) },
      ...(lifetimeMs === null ? [] : [{ fact: "lifetime", at: null, value: duration(lifetimeMs) }]),
      ...(view.endedAt === null ? [] : [{ fact: "ended", at: view.endedAt, value: view.endReason }]),
      ...(endDetail === null ? [] : [{ fact: "reason_given", at: null, value: endDetail }]),
    ],
  };
}

function sentenceOf(record: SessionRecord, view: SessionView, now: number): string {
  const because = record.endDetail === null ? "" : `: “${record.endDetail}”`;
  const age = duration(view.uptimeMs);
  switch (view.endReason) {
    case null:
      return `Active; ${activeSentence(record, view, now)}`;
    case "idle_timeout":
      return `Expired after ${duration(record.idleTimeoutMs)} without a request; ${whoWentQuiet(record, view)}`;
    case "lifetime_exceeded":
      return `Expired after ${age}, the longest it was allowed to live; it was last used ${duration(view.idleMs)} before its end.`;
    case "client_closed":
      return `Closed by its client after ${age}${because}; that is how a session should end.`;
    case "server_closed":
      return `Closed by its MCP server after ${age}${because}.`;
    case "operator_terminated":
      return `Terminated by an operator after ${age}${because}.`;
    case "token_reuse":
    case "capacity_evicted":
    case "superseded":
    case "server_shutdown":
    case "instance_lost":
    case "transport_lost":
    case "recovery_window_over":
    case "unknown":
      return `Ended after ${age} (${view.endReason})${because}.`;
  }
}

function activeSentence({ activity }: SessionRecord, view: SessionView, now: number): string {
  const busy =
    activity.inFlight > 0 ? `${String(activity.inFlight)} in flight` : `last used ${duration(view.idleMs)} ago`;
  const left =
    view.expiresAt === null ? "" : `; it expires in ${duration(view.expiresAt - now)} unless it is used before`;
  return `${busy}${left}.`;
}

/** The server that keeps reporting clears itself: then it was the client that went quiet. */
function whoWentQuiet({ activity }: SessionRecord, { endedAt }: SessionView): string {
  const { lastHeartbeatAt } = activity;
  if (lastHeartbeatAt === null)
    return "its MCP server never reported on it, so nobody knows whether its client was still there.";
  const silence = (endedAt ?? lastHeartbeatAt) - lastHeartbeatAt;
  return silence <= REPORTING_GAP_MS
    ? "its MCP server kept reporting on it until the end, so the client went quiet, the server did not."
    : `its MCP server had not reported on it for ${duration(silence)} either, so it may have gone away itself.`;
}

const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1_000],
] as const;

/** The two largest units, such as `1 h 5 min`. */
function duration(ms: number): string {
  if (ms < 1_000) return `${String(Math.max(0, Math.round(ms)))} ms`;
  const first = UNITS.findIndex(([, size]) => ms >= size);
  const parts: string[] = [];
  let rest = ms;
  for (const [unit, size] of UNITS.slice(first, first + 2)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${String(count)} ${unit}`);
  }
  return parts.join(" ");
}
