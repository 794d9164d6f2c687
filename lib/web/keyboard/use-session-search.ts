import { useQuery } from "@tanstack/react-query";
import { type Session } from "@/lib/contract/session";
import { SessionList } from "@/lib/contract/session-list";
import type { ApiError } from "../api-error";
import { request } from "../registry-request";
import { searchText } from "./search-text";
import { useDebounced } from "./use-debounced";

const DEBOUNCE_MS = 180;
const LIMIT = 6;

export interface SessionSearch {
  sessions: readonly Session[];
  state: "idle" | "searching" | "done" | "failed";
}

const NONE: readonly Session[] = [];

/** Sessions that have a text in their id, server, client or principal; asked for once the typing pauses. */
export function useSessionSearch(text: string): SessionSearch {
  const wanted = searchText(text);
  const settled = useDebounced(wanted, DEBOUNCE_MS);
  const { data, error } = useQuery<readonly Session[], ApiError>({
    queryKey: ["sessions", "search", settled],
    queryFn: async ({ signal }) => {
      const params = new URLSearchParams({ q: settled, limit: String(LIMIT) });
      return (await request(`/api/mcp/sessions?${params.toString()}`, SessionList, { signal })).sessions;
    },
    enabled: settled !== "",
    gcTime: 10_000,
    retry: false,
    networkMode: "always",
  });
  if (wanted === "") return { sessions: NONE, state: "idle" };
  if (wanted !== settled) return { sessions: NONE, state: "searching" };
  if (error) return { sessions: NONE, state: "failed" };
  return data ? { sessions: data, state: "done" } : { sessions: NONE, state: "searching" };
}
