import { type EXPORT_FORMATS, SessionFacets, SessionList } from "@/lib/contract/session-list";
import { printValue } from "@/lib/domain/session-query/print-query";
import { MAX_QUERY_LENGTH, MAX_VALUES } from "@/lib/domain/session-query/query-term";
import { request } from "../registry-request";
import type { SessionView } from "./session-view";

export const PAGE_SIZE = 100;
const SESSIONS = "/api/mcp/sessions";

interface PageRequest {
  view: SessionView;
  cursor: string | null;
  signal?: AbortSignal | undefined;
}

export async function getSessionPage({ view, cursor, signal }: PageRequest): Promise<SessionList> {
  const { query, sort, order } = view;
  const params = new URLSearchParams({ sort, order, limit: String(PAGE_SIZE) });
  if (query !== "") params.set("query", query);
  if (cursor !== null) params.set("cursor", cursor);
  return request(`${SESSIONS}?${params.toString()}`, SessionList, { signal });
}

/** The named sessions as they are now. */
export async function getSessionsById(ids: readonly string[], signal?: AbortSignal): Promise<SessionList["sessions"]> {
  const answers = queriesOfIds(ids).map(async (query) => {
    const params = new URLSearchParams({ limit: String(MAX_VALUES), query });
    return (await request(`${SESSIONS}?${params.toString()}`, SessionList, { signal })).sessions;
  });
  return (await Promise.all(answers)).flat();
}

/** As few queries as ask for all of these ids. */
export function queriesOfIds(ids: readonly string[]): string[] {
  const queries: { text: string; count: number }[] = [];
  for (const id of ids) {
    const value = printValue(id);
    const last = queries.at(-1);
    if (last && last.count < MAX_VALUES && last.text.length + 1 + value.length <= MAX_QUERY_LENGTH) {
      last.text += `,${value}`;
      last.count += 1;
    } else queries.push({ text: `id:${value}`, count: 1 });
  }
  return queries.map(({ text }) => text);
}

export async function getSessionFacets(query: string, signal?: AbortSignal): Promise<SessionFacets> {
  const params = new URLSearchParams(query === "" ? {} : { query });
  return request(`${SESSIONS}/facets?${params.toString()}`, SessionFacets, { signal });
}

/** Where the sessions of a query can be downloaded from; there is no export by last activity, which changes meanwhile. */
export function exportHref({ query, sort, order }: SessionView, format: (typeof EXPORT_FORMATS)[number]): string {
  const params = new URLSearchParams({ format, sort: sort === "endedAt" ? sort : "createdAt", order });
  if (query !== "") params.set("query", query);
  return `${SESSIONS}/export?${params.toString()}`;
}
