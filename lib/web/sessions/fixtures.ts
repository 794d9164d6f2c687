import type { SessionFacets, SessionList } from "@/lib/contract/session-list";
import type { Session } from "@/lib/contract/session";

const AT = "2026-11-20T07:00:00.000Z";

/** Counts as the registry answers them, for tests. */
export function aFacetCount(facets: Partial<SessionFacets["facets"]> = {}, total = 0): SessionFacets {
  const none = { status: [], health: [], server: [], client: [], reason: [], protocol: [], is: [] };
  return { total, isComplete: true, facets: { ...none, ...facets }, generatedAt: AT };
}

export function aSessionPage(sessions: Session[], nextCursor: string | null = null): SessionList {
  return { sessions, nextCursor, generatedAt: AT };
}
