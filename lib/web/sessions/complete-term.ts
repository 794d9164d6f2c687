import type { SessionFacets } from "@/lib/contract/session-list";
import { AGE_BUCKETS } from "@/lib/domain/health";
import { END_REASONS, SESSION_STATUSES } from "@/lib/domain/session";
import { printValue } from "@/lib/domain/session-query/print-query";

export interface Suggestion {
  /** What the input holds once this is taken. */
  text: string;
  hint: string;
  /** Sessions that it would find; null when that is not known. */
  count: number | null;
  /** Whether the term is then complete. */
  isComplete: boolean;
}

const FIELD_HINTS: Readonly<Record<string, string>> = {
  "status:": "active, disconnected, expired, closed, terminated",
  "health:": "healthy, aging, stale",
  "server:": "name of the MCP server, * for any text",
  "client:": "name or id of the client, * for any text",
  "principal:": "who the client acts for",
  "instance:": "server process",
  "reason:": "why it is no longer active",
  "protocol:": "protocol revision",
  "idle:": "since the last request: idle:>10m",
  "age:": "since it began: age:<1h",
  "uptime:": "from beginning to end",
  "ended:": "since it ended: ended:<1h",
  "requests:": "number of requests: requests:0",
  "errors:": "number of errors: errors:>0",
  "label.": "label.team=core",
  "is:": "is:probe, never used",
  "id:": "session ids",
};

const SPANS = [">1m", ">5m", ">10m", ">1h", "<5m", "<1h"];
/** A map: what somebody types may be the name of something that every object has. */
const FIXED_VALUES = new Map<string, readonly string[]>(
  Object.entries({
    status: SESSION_STATUSES,
    health: AGE_BUCKETS,
    reason: END_REASONS,
    is: ["probe"],
    ...{ idle: SPANS, age: SPANS, uptime: SPANS, ended: ["<5m", "<1h", "<1d"] },
    ...{ requests: ["0", ">0", ">100"], errors: [">0", "0"] },
  }),
);
const MAX_SUGGESTIONS = 9;

/** What a term that is being typed could become: fields first, then values of the field, most frequent ones first. */
export function completeTerm(draft: string, facets: SessionFacets["facets"] | undefined): Suggestion[] {
  const [, minus = "", rest = ""] = /^(-?)(.*)$/s.exec(draft) ?? [];
  if (/["\s]/.test(rest)) return [];
  const colon = rest.indexOf(":");
  const suggestions =
    colon < 0
      ? [...completeField(rest), ...(rest.length >= 2 ? findValues(rest, facets) : [])]
      : completeValue(rest.slice(0, colon).toLowerCase(), rest.slice(colon + 1), facets);
  return suggestions.slice(0, MAX_SUGGESTIONS).map((suggestion) => ({ ...suggestion, text: minus + suggestion.text }));
}

function completeField(typed: string): Suggestion[] {
  return Object.entries(FIELD_HINTS)
    .filter(([field]) => field.startsWith(typed.toLowerCase()))
    .map(([field, hint]) => ({ text: field, hint, count: null, isComplete: false }));
}

function completeValue(field: string, typed: string, facets: SessionFacets["facets"] | undefined): Suggestion[] {
  const comma = typed.lastIndexOf(",") + 1;
  const [before, last] = [typed.slice(0, comma), typed.slice(comma).toLowerCase()];
  const taken = new Set(before.split(","));
  return valuesOf(field, facets)
    .filter(({ value }) => value.toLowerCase().includes(last) && value.toLowerCase() !== last && !taken.has(value))
    .map(({ value, count }) => ({
      text: `${field}:${before}${FIXED_VALUES.has(field) ? value : printValue(value)}`,
      hint: "",
      count,
      isComplete: true,
    }));
}

/** Values of any field that contain what was typed: `note` leads to `server:notes`. */
function findValues(typed: string, facets: SessionFacets["facets"] | undefined): Suggestion[] {
  return ["status", "health", "server", "client", "reason"]
    .flatMap((field) => completeValue(field, typed, facets))
    .sort((a, b) => (b.count ?? 0) - (a.count ?? 0));
}

function valuesOf(field: string, facets: SessionFacets["facets"] | undefined) {
  const counted = Object.entries(facets ?? {}).find(([name]) => name === field)?.[1];
  const rest = (FIXED_VALUES.get(field) ?? []).filter((value) => !counted?.some((known) => known.value === value));
  return [...(counted ?? []), ...rest.map((value) => ({ value, count: counted ? 0 : null }))];
}
