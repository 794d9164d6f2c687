import type { Session } from "@/lib/contract/session";
import { CountFacetsQuery, ExportSessionsQuery, SessionFacets } from "@/lib/contract/session-list";
import { countSessionFacets } from "@/lib/services/count-session-facets";
import { exportSessions } from "@/lib/services/export-sessions";
import { defineRoute } from "../define-route";
import { CSV_HEADER, toCsvLine } from "../session-csv";
import { textStream } from "../text-stream";

const tag = "Sessions";

export const sessionListRoutes = [
  defineRoute({
    method: "GET",
    path: "/api/mcp/sessions/facets",
    operationId: "countSessionFacets",
    tag,
    summary: "Count the sessions of a query by what they have in common",
    description:
      "Some seconds old at most. Of very many sessions only the latest are counted, which `isComplete` tells; then every count is a lower bound.",
    query: CountFacetsQuery,
    replies: { 200: { description: "The counts, most frequent values first.", schema: SessionFacets } },
    errors: [],
    respond: async ({ services, query }) => ({ status: 200, body: await countSessionFacets(services, query) }),
  }),
  defineRoute({
    method: "GET",
    path: "/api/mcp/sessions/export",
    operationId: "exportSessions",
    tag,
    summary: "Export all sessions of a query",
    description:
      "`csv` (RFC 4180, with a header; texts that a spreadsheet would run as a formula begin with an apostrophe) or `jsonl`, one session per line. Sent as it is read; an export that cannot be finished breaks the connection off.",
    query: ExportSessionsQuery,
    replies: { 200: { description: "The sessions, as a download." } },
    errors: [],
    respond: async ({ services, context, query }) => {
      const format = FORMATS[query.format];
      const lines = linesOf(exportSessions(services, query), format);
      // Read before the answer begins: what fails by now is still told as a problem.
      const first = await lines.next();
      return {
        status: 200,
        headers: {
          "content-type": format.contentType,
          "content-disposition": `attachment; filename="sessions.${query.format}"`,
          "x-accel-buffering": "no",
        },
        stream: textStream(startingWith(first, lines), {
          isServing: context.isServing,
          onError: (err) => {
            services.log.error({ err, requestId: context.requestId }, "an export broke off");
          },
        }),
      };
    },
  }),
];

interface Format {
  contentType: string;
  header: string;
  toLine: (session: Session) => string;
}

const FORMATS: Record<ExportSessionsQuery["format"], Format> = {
  csv: { contentType: "text/csv; charset=utf-8; header=present", header: CSV_HEADER, toLine: toCsvLine },
  jsonl: {
    contentType: "application/jsonl; charset=utf-8",
    header: "",
    toLine: (session) => `${JSON.stringify(session)}\n`,
  },
};

async function* linesOf(pages: AsyncIterable<Session[]>, { header, toLine }: Format): AsyncGenerator<string[]> {
  let isFirst = true;
  for await (const sessions of pages) {
    yield [...(isFirst ? [header] : []), ...sessions.map(toLine)];
    isFirst = false;
  }
}

async function* startingWith<T>(first: IteratorResult<T, unknown>, rest: AsyncIterable<T>): AsyncGenerator<T> {
  if (first.done === true) return;
  yield first.value;
  yield* rest;
}
