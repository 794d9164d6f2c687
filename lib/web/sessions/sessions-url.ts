import { createLoader, parseAsArrayOf, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { DEFAULT_COLUMNS, SESSION_COLUMN_IDS } from "./session-columns";
import { DEFAULT_ORDER, VIEW_ORDERS } from "./session-view";

export const DENSITIES = ["comfortable", "compact"] as const;
export type Density = (typeof DENSITIES)[number];

/** Everything about the sessions page that its address keeps. */
export const sessionsParams = {
  query: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(VIEW_ORDERS).withDefault(DEFAULT_ORDER),
  columns: parseAsArrayOf(parseAsStringLiteral(SESSION_COLUMN_IDS)).withDefault(DEFAULT_COLUMNS),
  density: parseAsStringLiteral(DENSITIES).withDefault("comfortable"),
};

export const loadSessionsParams = createLoader(sessionsParams);
