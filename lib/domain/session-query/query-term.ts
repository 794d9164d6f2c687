import type { SessionHealth } from "../health";
import type { EndReason, SessionStatus } from "../session";

/** Literal pieces of a text with anything between each two of them: `["claude", ""]` is `claude*`. */
export type Pattern = readonly string[];

export const TEXT_FIELDS = ["server", "client", "principal", "instance", "protocol", "id"] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

/** Spans up to now: since its last request, since it began, from beginning to end, since it ended. */
export const SPAN_FIELDS = ["idle", "age", "uptime", "ended"] as const;
export type SpanField = (typeof SPAN_FIELDS)[number];

export const COUNT_FIELDS = ["requests", "errors"] as const;
export type CountField = (typeof COUNT_FIELDS)[number];

/** What a session can be besides its status; a probe came and went without any sign of use. */
export const TRAITS = ["probe"] as const;
export type Trait = (typeof TRAITS)[number];

/** The longer ones first, as they are read. */
export const COMPARISONS = [">=", "<=", ">", "<"] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** Fields by name as they are written, labels aside: those are `label.<key>=`. */
export const QUERY_FIELDS = [
  ...["status", "health", "server", "client", "principal", "instance", "protocol", "reason", "id"],
  ...["idle", "age", "uptime", "ended", "requests", "errors", "is"],
] as const satisfies string[];

export const MAX_QUERY_LENGTH = 4_000;
export const MAX_TERMS = 32;
export const MAX_VALUES = 100;
export const MAX_VALUE_LENGTH = 256;
export const MAX_WILDCARDS = 4;

export type QueryCondition =
  | { field: "status"; values: readonly SessionStatus[] }
  | { field: "health"; values: readonly SessionHealth[] }
  | { field: "reason"; values: readonly EndReason[] }
  | { field: "is"; values: readonly Trait[] }
  | { field: TextField; values: readonly Pattern[] }
  | { field: "label"; key: string; values: readonly Pattern[] }
  | { field: SpanField; comparison: Comparison; ms: number }
  | { field: CountField; comparison: Comparison | "="; count: number }
  /** Found anywhere in its names: id, server, client, principal. */
  | { field: "text"; text: string };

/** One condition on a session; of several values any will do. All terms of a query must be true. */
export type QueryTerm = { isNot: boolean } & QueryCondition;

export function exactly(text: string): Pattern {
  return [text];
}
