import type { z } from "zod";
import type { ErrorCode } from "@/lib/domain/errors";
import type { ServiceContext } from "@/lib/services/context";
import type { ApiRequest, EventSink } from "./api-exchange";
import { readJsonBody } from "./read-json-body";
import { validate } from "./validate";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** The registry's own MCP server, as the boundary sees it. */
export interface McpEndpoint {
  /** Answers one message, or a batch of them, that has been parsed already. */
  answer(message: unknown, headers: Headers): Promise<Response>;
}

/** What is counted for those who watch the process, as the boundary sees it. */
export interface MetricsSource {
  requests: {
    /** A moment to measure from. */
    begin(): number;
    /** `route`: the path's template; null when nothing is served there. */
    observe(request: { method: string; route: string | null; status: number; startedAt: number }): void;
  };
  write(): Promise<{ contentType: string; text: string }>;
}

/** What a handler may ask of the process it runs in. */
export interface HttpContext {
  services: ServiceContext;
  isServing: () => boolean;
  mcp: McpEndpoint;
  metrics: MetricsSource;
  requestId: string;
}

export interface Reply {
  status: number;
  /** Undefined for an answer without one. */
  body?: unknown;
  /** In place of `body`: an answer in its final form, its content type among the headers. */
  text?: string;
  headers?: Record<string, string>;
  /** Instead of a body. */
  stream?: (sink: EventSink) => () => void;
}

interface Schemas<Params, Query, Body> {
  /** Path parameters, already percent-decoded. */
  params?: Params;
  query?: Query;
  body?: Body;
  /** Whether a request without a body is read as `{}`. */
  isBodyOptional?: boolean;
}

interface Parsed<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> {
  services: ServiceContext;
  context: HttpContext;
  request: ApiRequest;
  params: z.output<Params>;
  query: z.output<Query>;
  body: z.output<Body>;
}

export interface ReplyDescription {
  description: string;
  schema?: z.ZodType;
  /** Unless it is JSON. */
  contentType?: string;
}

/** How a route is described to people and machines. */
export interface RouteDescription {
  method: Method;
  /** OpenAPI path template. */
  path: `/${string}`;
  operationId: string;
  tag: "Sessions" | "Terminations" | "Content" | "Heartbeats" | "Instances" | "Health" | "MCP" | "Operations";
  summary: string;
  description?: string;
  /** A GET that changes something: guarded like a POST. */
  hasEffect?: boolean;
  /** Request headers by name. */
  headers?: Readonly<Record<string, string>>;
  /** Without a schema: an answer without a body. */
  replies: Readonly<Record<number, ReplyDescription>>;
  errors: readonly ErrorCode[];
}

export interface Route extends RouteDescription, Schemas<z.ZodType, z.ZodType, z.ZodType> {
  handle(request: ApiRequest, rawParams: Record<string, string>, context: HttpContext): Promise<Reply>;
}

/** A route from its description, its schemas and a function that calls one verb with what they admit. */
export function defineRoute<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType>(
  definition: RouteDescription &
    Schemas<Params, Query, Body> & { respond: (input: Parsed<Params, Query, Body>) => Reply | Promise<Reply> },
): Route {
  const { respond, ...description } = definition;
  return {
    ...description,
    handle: async (request, rawParams, context) => {
      const { params, query, body } = description;
      const parsed = {
        services: context.services,
        context,
        request,
        params: params ? validate(params, rawParams, "path") : undefined,
        query: query ? validate(query, readQuery(request.url), "query") : undefined,
        body: body ? validate(body, await readBody(request, description.isBodyOptional), "body") : undefined,
      };
      // What has no schema is never read by `respond`: its type is then unknown.
      return respond(parsed as Parsed<Params, Query, Body>);
    },
  };
}

async function readBody(request: ApiRequest, isOptional = false): Promise<unknown> {
  const body = await readJsonBody(request);
  return body === undefined && isOptional ? {} : body;
}

function readQuery({ search, searchParams }: URL): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
  if (search === "") return query;
  for (const key of new Set(searchParams.keys())) {
    const values = searchParams.getAll(key);
    query[key] = values.length === 1 ? (values[0] ?? "") : values;
  }
  return query;
}
