import type { SessionFacets } from "@/lib/contract/session-list";
import type { EndReason, SessionStatus } from "@/lib/domain/session";
import { AGE_BUCKETS } from "@/lib/domain/health";
import { SESSION_STATUSES } from "@/lib/domain/session";
import { describeEndReason } from "../describe-end-reason";

export type FacetField = keyof SessionFacets["facets"];
export type FacetValues = SessionFacets["facets"][FacetField];

/** The facets that operators choose from, in their order. */
export const SHOWN_FACETS = [
  { field: "status", label: "Status" },
  { field: "health", label: "Health" },
  { field: "server", label: "Server" },
  { field: "client", label: "Client" },
  { field: "reason", label: "Ended by" },
  { field: "protocol", label: "Protocol" },
] as const satisfies { field: FacetField; label: string }[];

const ORDERS: Partial<Record<FacetField, readonly string[]>> = { status: SESSION_STATUSES, health: AGE_BUCKETS };

export interface FacetOption {
  value: string;
  label: string;
  count: number;
  isChosen: boolean;
}

/** The values of a field with their counts: those of closed sets in their own order, others by frequency; chosen ones always. */
export function prepareFacet(field: FacetField, values: FacetValues, chosen: ReadonlySet<string>): FacetOption[] {
  const counts = new Map(values.map(({ value, count }) => [value, count]));
  const missing = [...chosen].filter((value) => !counts.has(value));
  const order = ORDERS[field];
  const shown = order
    ? order.filter((value) => counts.has(value) || chosen.has(value))
    : [...counts.keys(), ...missing];
  const options = shown.map((value) => ({
    value,
    label: labelOf(field, value),
    count: counts.get(value) ?? 0,
    isChosen: chosen.has(value),
  }));
  // A choice without a name cannot be told from the others.
  return options.filter(({ label }) => label.trim() !== "");
}

const STATUS_LABELS: Record<SessionStatus, string> = {
  active: "Active",
  disconnected: "Disconnected",
  expired: "Expired",
  closed: "Closed",
  terminated: "Terminated",
};

function labelOf(field: FacetField, value: string): string {
  // The registry answers only values of the closed sets here.
  if (field === "status") return STATUS_LABELS[value as SessionStatus];
  if (field === "reason") return describeEndReason(value as EndReason).label;
  return field === "health" ? `${value.charAt(0).toUpperCase()}${value.slice(1)}` : value;
}
