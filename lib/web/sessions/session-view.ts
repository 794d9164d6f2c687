import { SESSION_SORTS, type SessionSort } from "@/lib/contract/session-list";

/** Which sessions a list shows, and in which order. */
export interface SessionView {
  /** In the query language; empty for all. */
  query: string;
  sort: SessionSort;
  order: "asc" | "desc";
}

export type ViewOrder = `${SessionSort}.${"asc" | "desc"}`;

/** Orders as the address names them. */
export const VIEW_ORDERS = SESSION_SORTS.flatMap((sort): ViewOrder[] => [`${sort}.desc`, `${sort}.asc`]);
export const DEFAULT_ORDER: ViewOrder = "createdAt.desc";

export function toView(query: string, viewOrder: ViewOrder): SessionView {
  const [sort, order] = viewOrder.split(".");
  return {
    query,
    sort: SESSION_SORTS.find((known) => known === sort) ?? "createdAt",
    order: order === "asc" ? "asc" : "desc",
  };
}

export function toOrder({ sort, order }: Pick<SessionView, "sort" | "order">): ViewOrder {
  return `${sort}.${order}`;
}

/** Path of the sessions page with a query. */
export function sessionsHref(query = ""): string {
  return query === "" ? "/mcp/sessions" : `/mcp/sessions?query=${encodeURIComponent(query)}`;
}
