import type { SessionEvent } from "./events";
import { HEARTBEAT_GAP_MS } from "./health";
import type { InstanceRecord } from "./instance";
import { sayDuration, sayTime } from "./say-time";
import type { EndReason, JsonValue, SessionRecord } from "./session";
import type { SessionView } from "./session-view";

export interface Explanation {
  /** One sentence for a person: what became of the session and why. */
  sentence: string;
  /** The facts it rests on. Times are epoch milliseconds. */
  evidence: Fact[];
}

interface Fact {
  fact: string;
  at: number | null;
  value: string | null;
}

/** What is known of a session at the moment `now`. */
export interface Findings {
  record: SessionRecord;
  view: SessionView;
  now: number;
  /** Its latest disconnect, while it has not been taken up again. */
  disconnected: SessionEvent | null;
  /** The boot that served it last, as it is now; null when it never had a lease. */
  instance: InstanceRecord | null;
}

/** How a session came to be without a server. */
interface Loss {
  at: number;
  reason: EndReason | null;
  instanceId: string | null;
  detail: string | null;
}

interface Case extends Findings {
  loss: Loss | null;
  /** Since its creation, to its end or to now. */
  ageMs: number;
  /** What was said by whoever ended it; of one that lost its server, the words that came with that. */
  detail: string | null;
}

/** Why a session is as it is, from what its server and its instance reported of it. */
export function explainSession(findings: Findings): Explanation {
  const { record, view, now, disconnected } = findings;
  const loss = record.activity.disconnectedAt === null ? null : lossOf(record, disconnected);
  const isOwnEnd = view.status === "closed" || view.status === "terminated";
  const detail = isOwnEnd ? record.endDetail : (loss?.detail ?? null);
  const known: Case = { ...findings, loss, ageMs: (view.endedAt ?? now) - record.createdAt, detail };
  return { sentence: `${mainClause(known)}${outlook(known)}.`, evidence: evidenceOf(known) };
}

function lossOf(
  { activity, endReason, instanceId, endDetail, status }: SessionRecord,
  event: SessionEvent | null,
): Loss {
  const at = event?.at ?? activity.disconnectedAt ?? 0;
  if (event === null)
    return { at, reason: status === "disconnected" ? endReason : null, instanceId, detail: endDetail };
  return {
    at,
    reason: event.reason,
    instanceId: textOf(event.data?.["instanceId"]),
    detail: textOf(event.data?.["detail"]),
  };
}

function textOf(value: JsonValue | undefined): string | null {
  return typeof value === "string" ? value : null;
}

function mainClause(known: Case): string {
  const { record, view, ageMs, loss } = known;
  const age = sayDuration(ageMs);
  const said = quote(known.detail);
  const meanwhile = loss === null ? "" : `; it had been disconnected since ${sayTime(loss.at)}`;
  switch (view.endReason) {
    case null:
      return `Active; ${whatIsLeft(known)}`;
    case "idle_timeout":
      return `Expired after ${sayDuration(view.idleMs)} without a request; ${whoWentQuiet(known)}`;
    case "lifetime_exceeded":
      return `Expired after ${age}, the longest it was allowed to live${meanwhile || lastUse(known)}`;
    case "client_closed":
      return `Closed by its client after ${age}${said}${meanwhile || "; that is how a session should end"}`;
    case "server_closed":
      return `Closed by its MCP server after ${age}${said}${meanwhile}`;
    case "operator_terminated":
      return `Terminated by an operator after ${age}${said}${meanwhile}`;
    case "token_reuse":
      return `Terminated by Holdfast after ${age}, because a used reconnect token came back: it may be in the wrong hands`;
    case "capacity_evicted":
      return `Terminated after ${age} to make room for other sessions${said}`;
    case "superseded":
      return `Ended after ${age}, because ${record.supersededBy ?? "another session"} took its place`;
    case "recovery_window_over":
      return `Expired because nobody took it up again within ${recoveryWindow(known)}: ${howItWasLost(known)}`;
    case "server_shutdown":
    case "instance_lost":
    case "transport_lost":
      return `Disconnected after ${age}: ${howItWasLost(known)}; it can be taken up again ${howLong(known)}`;
    case "unknown":
      return `Ended after ${age}; nobody said why`;
  }
}

function quote(text: string | null): string {
  return text === null ? "" : `: “${text}”`;
}

function whatIsLeft({ record: { activity }, view, now }: Case): string {
  const { inFlight, lifetimeEndsAt } = activity;
  const use = inFlight > 0 ? `${String(inFlight)} in flight` : `last used ${sayDuration(view.idleMs)} ago`;
  if (view.expiresAt === null) return use;
  const left = sayDuration(view.expiresAt - now);
  if (view.expiresAt === lifetimeEndsAt) return `${use}; its lifetime is over in ${left}`;
  return `${use}; it expires in ${left} unless it is used before`;
}

/** A server, or its process, that keeps reporting clears itself: then it was the client that went quiet. */
function whoWentQuiet({ record, view, instance, now }: Case): string {
  const end = view.endedAt ?? now;
  const beats = [record.activity.lastHeartbeatAt, instance?.lastHeartbeatAt ?? null].filter((at) => at !== null);
  if (beats.length === 0)
    return "its MCP server never reported on it, so nobody knows whether its client was still there";
  const heardAt = Math.min(end, Math.max(...beats));
  const server = nameOf(instance?.id ?? null);
  return end - heardAt <= HEARTBEAT_GAP_MS
    ? `${server} kept reporting until ${sayTime(heardAt)}, so the client went quiet, the server did not`
    : `${server} was last heard of at ${sayTime(heardAt)}, ${sayDuration(end - heardAt)} before, so it may have gone away itself`;
}

function lastUse({ view }: Case): string {
  return `; it was last used ${sayDuration(view.idleMs)} before its end`;
}

function howItWasLost({ loss, instance, detail }: Case): string {
  if (loss === null) return "it had lost its server";
  const server = nameOf(loss.instanceId);
  const at = sayTime(loss.at);
  if (loss.reason === "server_shutdown") return `${server} shut down in good order at ${at}${quote(detail)}`;
  if (loss.reason === "transport_lost") return `${server} lost the connection to its client at ${at}${quote(detail)}`;
  if (instance === null || instance.lastHeartbeatAt > loss.at) return `${server} was lost at ${at}${quote(detail)}`;
  if (wasReplaced(instance)) return `${server} was started anew at ${at}, without a goodbye from the process before`;
  return `${server} was last heard of at ${sayTime(instance.lastHeartbeatAt)} and let its lease run out by ${at}`;
}

/** Superseded while its lease still held; one that was lost first ended with its lease. */
function wasReplaced({ status, endedAt, lastHeartbeatAt, leaseMs }: InstanceRecord): boolean {
  return status === "superseded" && endedAt !== null && endedAt < lastHeartbeatAt + leaseMs;
}

function nameOf(instanceId: string | null): string {
  return instanceId === null ? "its MCP server" : `its server process ${instanceId}`;
}

function recoveryWindow({ view, loss, now }: Case): string {
  const end = view.endedAt ?? now;
  return sayDuration(end - (loss?.at ?? end));
}

function howLong({ view, now }: Case): string {
  if (view.expiresAt === null) return "no longer";
  return `until ${sayTime(view.expiresAt)}, for another ${sayDuration(view.expiresAt - now)}`;
}

/** What is still to be expected of a session that has ended. */
function outlook({ record, view, now }: Case): string {
  const { supersededBy, tokenExpiresAt } = record;
  if (view.status !== "expired") return "";
  if (supersededBy !== null) return `; it was continued as ${supersededBy}`;
  if (view.endReason === "lifetime_exceeded" || tokenExpiresAt === null || tokenExpiresAt <= now) return "";
  return `; a reconnect token can bring it back until ${sayTime(tokenExpiresAt)}`;
}

function evidenceOf({ record, view, loss, instance, detail }: Case): Fact[] {
  const { activity, createdAt, idleTimeoutMs, lifetimeMs, supersededBy, tokenExpiresAt } = record;
  const facts: (Fact | false)[] = [
    { fact: "created", at: createdAt, value: null },
    { fact: "last_activity", at: activity.lastActivityAt, value: null },
    { fact: "last_heartbeat", at: activity.lastHeartbeatAt, value: null },
    instance !== null && { fact: "instance_last_heartbeat", at: instance.lastHeartbeatAt, value: instance.id },
    { fact: "idle_timeout", at: null, value: sayDuration(idleTimeoutMs) },
    lifetimeMs !== null && { fact: "lifetime", at: null, value: sayDuration(lifetimeMs) },
    loss?.reason === "instance_lost" && {
      fact: "lease_lost",
      at: Math.min(loss.at, instance?.endedAt ?? loss.at),
      value: loss.instanceId,
    },
    loss !== null && { fact: "disconnected", at: loss.at, value: loss.reason },
    view.status === "disconnected" && { fact: "recoverable_until", at: view.expiresAt, value: null },
    view.status !== "disconnected" &&
      view.endedAt !== null && { fact: "ended", at: view.endedAt, value: view.endReason },
    detail !== null && { fact: "reason_given", at: null, value: detail },
    supersededBy !== null && { fact: "continued_as", at: null, value: supersededBy },
    tokenExpiresAt !== null && { fact: "reconnect_token_until", at: tokenExpiresAt, value: null },
  ];
  return facts.filter((fact) => fact !== false);
}
