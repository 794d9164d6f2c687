import type { HealthThresholds } from "@/lib/domain/health";
import type { SessionRecord } from "@/lib/domain/session";
import type { QueryTerm } from "@/lib/domain/session-query/query-term";

/** Reads many sessions at once. Neither method keeps the event loop for long, however many sessions are stored. */
export interface SessionListStore {
  listSessions(query: ListQuery): Promise<ListedSession[]>;
  /** Counts the latest sessions that match, by what operators filter by. */
  countFacets(query: FacetQuery): Promise<FacetCounts>;
}

/** What sessions must be like at a moment. */
export interface SessionFilter {
  /** All of them must be true. */
  terms: readonly QueryTerm[];
  thresholds: HealthThresholds;
  now: number;
}

export interface ListQuery extends SessionFilter {
  /** By `endedAt`: only sessions that are no longer active, as far as that is recorded. */
  sort: "createdAt" | "lastActivityAt" | "endedAt";
  order: "asc" | "desc";
  limit: number;
  /** Continue after this position. */
  after: { value: number | null; pk: number } | null;
}

export interface ListedSession {
  session: SessionRecord;
  sortValue: number | null;
}

export const FACET_FIELDS = ["status", "health", "server", "client", "reason", "protocol", "is"] as const;
export type FacetField = (typeof FACET_FIELDS)[number];

export interface FacetQuery extends SessionFilter {
  /** The most sessions to look at, latest first. */
  maxScanned: number;
  /** The most values to name for a field. */
  maxValues: number;
}

export interface FacetCounts {
  /** Sessions that match all terms. */
  total: number;
  /** Whether every session was looked at; else all counts are lower bounds. */
  isComplete: boolean;
  /** By value, the most frequent first: sessions that match all terms but those on this very field. */
  facets: Record<FacetField, FacetValue[]>;
}

export interface FacetValue {
  value: string;
  count: number;
}
