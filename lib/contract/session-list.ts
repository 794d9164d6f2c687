import { z } from "zod";
import { AGE_BUCKETS } from "@/lib/domain/health";
import { SESSION_STATUSES } from "@/lib/domain/session";
import { text } from "./primitives";
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

/** Query of `GET /api/mcp/sessions`. */
export const ListSessionsQuery = z.strictObject({
  status: list(SESSION_STATUSES).optional(),
  health: list(AGE_BUCKETS).optional(),
  server: ServerName.optional(),
  client: text(200).optional().meta({ description: "Client name (`clientInfo.name`) or client id." }),
  principal: text(256).optional(),
  q: text(200)
    .optional()
    .meta({ description: "Text found in id, server, client or principal; case-insensitive for ASCII." }),
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
