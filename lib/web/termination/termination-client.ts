import {
  type PlanTerminationBody,
  Termination,
  TerminationList,
  TerminationResults,
} from "@/lib/contract/termination-jobs";
import type { TerminationOutcome } from "@/lib/domain/termination-job";
import { readAnswer, request, sendRequest } from "../registry-request";

const TERMINATIONS = "/api/mcp/terminations";
const RESULTS_LIMIT = 100;

/** Which sessions: all that match a query, or those named. */
export type TerminationTarget = { query: string } | { ids: readonly string[] };

export interface PlanRequest {
  target: { filter: Readonly<Record<string, string>> } | { ids: readonly string[] };
  /** Empty for none. */
  reason: string;
  perSecond: number;
}

export function filterOf(target: TerminationTarget): PlanRequest["target"] {
  if ("ids" in target) return { ids: target.ids };
  return { filter: target.query.trim() === "" ? {} : { query: target.query } };
}

export function planTermination({ target, reason, perSecond }: PlanRequest): Promise<Termination> {
  const body = { ...target, reason: reason === "" ? null : reason, perSecond } satisfies Partial<
    Record<keyof PlanTerminationBody, unknown>
  >;
  return request(TERMINATIONS, Termination, { method: "POST", body });
}

export function startTermination(id: string, confirm: number): Promise<Termination> {
  return request(`${pathOf(id)}/start`, Termination, { method: "POST", body: { confirm } });
}

export function cancelTermination(id: string): Promise<Termination> {
  return request(`${pathOf(id)}/cancel`, Termination, { method: "POST" });
}

/** Null for one that the registry does not know, or not any more. */
export async function getTermination(id: string, signal?: AbortSignal): Promise<Termination | null> {
  const answer = await sendRequest(pathOf(id), { signal });
  return answer.status === 404 ? null : readAnswer(answer, Termination);
}

export function listTerminations(signal?: AbortSignal): Promise<TerminationList> {
  return request(TERMINATIONS, TerminationList, { signal });
}

export interface ResultsPage {
  /** Null for all. */
  outcome: TerminationOutcome | null;
  after: number;
}

export function getTerminationResults(
  id: string,
  { outcome, after }: ResultsPage,
  signal?: AbortSignal,
): Promise<TerminationResults> {
  const query = new URLSearchParams({ after: String(after), limit: String(RESULTS_LIMIT) });
  if (outcome !== null) query.set("outcome", outcome);
  return request(`${pathOf(id)}/results?${query.toString()}`, TerminationResults, { signal });
}

function pathOf(id: string): string {
  return `${TERMINATIONS}/${encodeURIComponent(id)}`;
}
