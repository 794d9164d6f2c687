import { ACTIVE, type Facts } from "../facts";
import type { LedgerEntry } from "../ledger-entry";
import type { FoundSession } from "../snapshot";
import { explainsStatus } from "./explains-status";

const PLAIN = [
  ...(["epoch", "reconnectCount", "instanceId", "revision", "stateVersion", "stateBase"] as const),
  ...(["messageCount", "supersededBy"] as const),
] satisfies (keyof Facts & keyof FoundSession)[];

/** What is wrong with a session, given what was acknowledged (must be there) and what was sent (may be there). */
export function checkEntry(entry: LedgerEntry, found: FoundSession | undefined): string[] {
  if (!found) return entry.isCreateAcknowledged ? [`${entry.id}: the acknowledged create is missing`] : [];
  return [...checkRequests(entry, found), ...checkFacts(entry, found)].map((problem) => `${entry.id}: ${problem}`);
}

function checkRequests({ requestsAcknowledged, requestsSent }: LedgerEntry, { requestCount }: FoundSession): string[] {
  const found = `requests ${String(requestCount)}`;
  if (requestCount < requestsAcknowledged) return [`${found}, but ${String(requestsAcknowledged)} were acknowledged`];
  return requestCount > requestsSent ? [`${found}, but only ${String(requestsSent)} were sent`] : [];
}

/** As acknowledged, or as if the write that was cut off had happened: nothing in between and nothing else. */
function checkFacts({ facts, attempt, isShortLived, isExpiryHeard }: LedgerEntry, found: FoundSession): string[] {
  const changes = [{}, ...(isExpiryHeard ? [ACTIVE] : []), ...(attempt?.possible ?? [])];
  const candidates = changes.map((change) => ({ ...facts, ...change }));
  const problems = candidates.map((candidate) => differences(candidate, found, isShortLived));
  if (problems.some(({ length }) => length === 0)) return [];
  const excuse = attempt ? `, even if the ${attempt.action} that was cut off happened` : "";
  return (problems[0] ?? []).map((problem) => `${problem}${excuse}`);
}

function differences(facts: Facts, found: FoundSession, isShortLived: boolean): string[] {
  const plain = PLAIN.filter((name) => found[name] !== facts[name]).map(
    (name) => `${name} ${String(found[name])}, but ${String(facts[name])} was acknowledged`,
  );
  const status = explainsStatus(facts, found, isShortLived)
    ? []
    : [`is ${describe(found)}, but ${describe(facts)} was acknowledged`];
  return [...plain, ...status, ...bootDifference(facts, found)];
}

function describe({ status, endReason, endDetail }: Pick<Facts, "status" | "endReason" | "endDetail">): string {
  return [status, endReason, endDetail].filter((part) => part !== null).join(" / ");
}

function bootDifference({ boot }: Facts, { status, bootId }: FoundSession): string[] {
  const isOpen = status === "active" || status === "disconnected";
  const expected = isOpen ? (boot?.bootId ?? null) : null;
  if (bootId === undefined || bootId === expected) return [];
  return [`belongs to ${String(bootId)}, but ${String(expected)} was acknowledged`];
}
