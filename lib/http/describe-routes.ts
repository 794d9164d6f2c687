import { z } from "zod";
import { Problem } from "@/lib/contract/problem";
import type { ErrorCode } from "@/lib/domain/errors";
import type { Route } from "./define-route";
import { PROBLEMS } from "./problem-table";

export type JsonSchema = Record<string, unknown>;

export interface OpenApiOperation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  parameters?: {
    name: string;
    in: "path" | "query" | "header";
    required: boolean;
    description?: string;
    schema: JsonSchema;
  }[];
  requestBody?: { required: boolean; content: { "application/json": { schema: JsonSchema } } };
  responses: Record<string, { description: string; content?: Record<string, { schema: JsonSchema }> }>;
}

export interface OpenApiDocument {
  openapi: "3.1.0";
  info: { title: string; version: string; description: string; license: { name: string; identifier: string } };
  servers: { url: string }[];
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: { schemas: Record<string, JsonSchema> };
}

/** Failures that any route may answer with, and those of every route that reads a body. */
const COMMON_ERRORS: readonly ErrorCode[] = [
  "invalid_request",
  "host_not_allowed",
  "storage_busy",
  "storage_unavailable",
  "internal_error",
];
const BODY_ERRORS: readonly ErrorCode[] = ["invalid_json", "payload_too_large", "unsupported_media_type"];
const WRITE_ERRORS: readonly ErrorCode[] = ["cross_origin_request", "storage_full", "shutting_down"];

/** Turns zod schemas into JSON Schema and gathers the named ones under components. */
class SchemaCollector {
  readonly components: Record<string, JsonSchema> = {};

  collect(schema: z.ZodType, io: "input" | "output"): JsonSchema {
    const { $schema: _, $defs, ...root } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
    for (const [name, definition] of Object.entries($defs ?? {})) this.components[name] ??= cleaned(definition);
    const { id } = root;
    if (typeof id !== "string") return cleaned(root);
    this.components[id] ??= cleaned(root);
    return { $ref: `#/components/schemas/${id}` };
  }
}

/** Points references to the components and drops the ids that zod repeats inside. */
function cleaned(schema: unknown): JsonSchema {
  const text = JSON.stringify(schema, (key, value: unknown) =>
    key === "id" && typeof value === "string" ? undefined : value,
  );
  return JSON.parse(text.replaceAll('"#/$defs/', '"#/components/schemas/')) as JsonSchema;
}

/** The OpenAPI 3.1 document of a route table. */
export function describeRoutes(routes: readonly Route[]): OpenApiDocument {
  const schemas = new SchemaCollector();
  const paths: OpenApiDocument["paths"] = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: describeRoute(route, schemas) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Holdfast",
      version: "0.1.0",
      description:
        "Session registry and health dashboard for MCP servers. Errors are RFC 9457 problem documents with a closed `code`.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    tags: [
      { name: "Sessions", description: "Register, read, change and end sessions." },
      { name: "Terminations", description: "End many sessions: a frozen set, a pace, a result each." },
      { name: "Content", description: "State and message context of a session." },
      { name: "Heartbeats", description: "Report activity; learn what operators decided." },
      { name: "Instances", description: "Server processes: leases, commands, drains, and who owns which session." },
      { name: "Health", description: "Aggregated figures, now and over time." },
      { name: "MCP", description: "The registry as an MCP server." },
      { name: "Operations", description: "For probes and tools." },
    ],
    paths,
    components: { schemas: schemas.components },
  };
}

function describeRoute(route: Route, schemas: SchemaCollector): OpenApiOperation {
  const parameters = parametersOf(route, schemas);
  return {
    operationId: route.operationId,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description !== undefined && { description: route.description }),
    ...(parameters.length > 0 && { parameters }),
    ...(route.body && {
      requestBody: {
        required: !route.isBodyOptional,
        content: { "application/json": { schema: schemas.collect(route.body, "input") } },
      },
    }),
    responses: responsesOf(route, schemas),
  };
}

function parametersOf(route: Route, schemas: SchemaCollector): NonNullable<OpenApiOperation["parameters"]> {
  const headers = Object.entries(route.headers ?? {}).map(([name, description]) => ({
    name,
    in: "header" as const,
    required: false,
    description,
    schema: { type: "string" },
  }));
  return [...fieldsOf(route.params, "path", schemas), ...fieldsOf(route.query, "query", schemas), ...headers];
}

function fieldsOf(schema: z.ZodType | undefined, where: "path" | "query", schemas: SchemaCollector) {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemas.collect(schema, "input") as {
    properties?: Record<string, JsonSchema & { description?: string }>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...field }]) => ({
    name,
    in: where,
    required: required.includes(name),
    ...(description !== undefined && { description }),
    schema: field,
  }));
}

function responsesOf(route: Route, schemas: SchemaCollector): OpenApiOperation["responses"] {
  const responses: OpenApiOperation["responses"] = {};
  for (const [status, { description, schema, contentType = "application/json" }] of Object.entries(route.replies)) {
    const content = schema && { [contentType]: { schema: schemas.collect(schema, "output") } };
    responses[status] = { description, ...(content && { content }) };
  }
  const problem = { "application/problem+json": { schema: schemas.collect(Problem, "output") } };
  for (const code of errorsOf(route)) {
    const { status, title } = PROBLEMS[code];
    const earlier = responses[String(status)];
    const description = [earlier?.description, `\`${code}\`: ${title}.`].filter(Boolean).join(" ");
    responses[String(status)] = { description, content: { ...earlier?.content, ...problem } };
  }
  return responses;
}

function errorsOf(route: Route): ErrorCode[] {
  const isWrite = route.method !== "GET";
  return [
    ...new Set([
      ...route.errors,
      ...COMMON_ERRORS,
      ...(route.body ? BODY_ERRORS : []),
      ...(isWrite ? WRITE_ERRORS : []),
    ]),
  ];
}
