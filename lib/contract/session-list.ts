import { z } from "zod";
import { AGE_BUCKETS } from "@/lib/domain/health";
import { SESSION_STATUSES } from "@/lib/domain/session";
import { parseQuery } from "@/lib/domain/session-query/parse-query";
import { MAX_QUERY_LENGTH } from "@/lib/domain/session-query/query-term";
import { count, text } from "./primitives";
import { ServerName, Session } from "./session";

export const SESSION_SORTS = ["createdAt", "lastActivityAt", "endedAt"] as const;
export type SessionSort = (typeof SESSION_SORTS)[number];

/** One value or several, comma-separated. */
function list<const T extends readonly [string, ...string[]]>(values: T) {
  return z
    .string()
    .max(200)
    .transform((value) => [...new Set(value.split(","))])
    .pipe(z.array(z.enum(values)).min(1))
    .meta({ type: "string", description: `Comma-separated: ${values.join(", ")}.` });
}

/** The query language, as the server and the dashboard read it alike. */
const SessionQuery = z
  .string()
  .superRefine((query, issues) => {
    const { problem } = parseQuery(query);
    if (problem)
      issues.addIssue({ code: "custom", message: `at character ${String(problem.at + 1)}: ${problem.message}` });
  })
  .meta({
    maxLength: MAX_QUERY_LENGTH,
    description:
      "Terms that must all be true, a minus before those that must not: `status:active,disconnected client:claude* idle:>10m label.team=core`. See docs/api.md.",
  });

/** Which sessions: the part of a query that the list shares with whatever acts on all that it names. */
const filters = {
  status: list(SESSION_STATUSES).optional(),
  health: list(AGE_BUCKETS).optional(),
  server: ServerName.optional(),
  client: text(200).optional().meta({ description: "Client name (`clientInfo.name`) or client id." }),
  principal: text(256).optional(),
  q: text(200)
    .optional()
    .meta({ description: "Text found in id, server, client or principal; case-insensitive for ASCII." }),
  query: SessionQuery.optional(),
};
export const SessionFilterQuery = z.strictObject(filters).meta({ id: "SessionFilter" });
export type SessionFilterQuery = z.output<typeof SessionFilterQuery>;

/** Query of `GET /api/mcp/sessions`. */
export const ListSessionsQuery = z.strictObject({
  ...filters,
  sort: z.enum(SESSION_SORTS).default("createdAt"),
  order: z.enum(["asc", "desc"]).default("desc"),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(512).optional().meta({ description: "`nextCursor` of the page before." }),
});
export type ListSessionsQuery = z.output<typeof ListSessionsQuery>;

export const SessionList = z
  .strictObject({
    sessions: z.array(Session),
    nextCursor: z
      .string()
      .nullable()
      .meta({ description: "Pass as `cursor` for the next page; null on the last one." }),
    generatedAt: z.iso.datetime({ precision: 3 }),
  })
  .meta({ id: "SessionList" });
export type SessionList = z.output<typeof SessionList>;

/** Query of `GET /api/mcp/sessions/facets`. */
export const CountFacetsQuery = z.strictObject(filters);

const FacetValues = z.array(z.strictObject({ value: z.string(), count: count() }));

export const SessionFacets = z
  .strictObject({
    total: count().meta({ description: "Sessions that match the whole query." }),
    isComplete: z.boolean().meta({
      description: "Whether all sessions were looked at; else only the latest were, and every count is a lower bound.",
    }),
    facets: z
      .strictObject({
        status: FacetValues,
        health: FacetValues,
        server: FacetValues,
        client: FacetValues,
        reason: FacetValues,
        protocol: FacetValues,
        is: FacetValues,
      })
      .meta({
        description:
          "By field the most frequent values, each with the sessions that match all of the query but its terms on this very field.",
      }),
    generatedAt: z.iso.datetime({ precision: 3 }),
  })
  .meta({ id: "SessionFacets" });
export type SessionFacets = z.output<typeof SessionFacets>;

export const EXPORT_FORMATS = ["csv", "jsonl"] as const;

/** Query of `GET /api/mcp/sessions/export`. */
export const ExportSessionsQuery = z.strictObject({
  ...filters,
  format: z.enum(EXPORT_FORMATS),
  sort: z.enum(["createdAt", "endedAt"]).default("createdAt"),
  order: z.enum(["asc", "desc"]).default("desc"),
});
export type ExportSessionsQuery = z.output<typeof ExportSessionsQuery>;
