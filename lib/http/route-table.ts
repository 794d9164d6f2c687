import { z } from "zod";
import { defineRoute, type Route } from "./define-route";
import { describeRoutes, type OpenApiDocument } from "./describe-routes";
import { contentRoutes } from "./routes/content";
import { healthRoutes } from "./routes/health";
import { heartbeatRoutes } from "./routes/heartbeats";
import { mcpRoutes } from "./routes/mcp";
import { metricsRoutes } from "./routes/metrics";
import { instanceRoutes } from "./routes/instances";
import { operationRoutes } from "./routes/operations";
import { ownershipRoutes } from "./routes/ownership";
import { sessionRoutes } from "./routes/sessions";
import { sessionListRoutes } from "./routes/session-lists";
import { terminationRoutes } from "./routes/terminations";
import { tokenRoutes } from "./routes/tokens";

const describedRoutes: readonly Route[] = [
  ...sessionRoutes,
  ...sessionListRoutes,
  ...terminationRoutes,
  ...contentRoutes,
  ...tokenRoutes,
  ...heartbeatRoutes,
  ...instanceRoutes,
  ...ownershipRoutes,
  ...healthRoutes,
  ...mcpRoutes,
  ...operationRoutes,
  ...metricsRoutes,
];

const openApiRoute = defineRoute({
  method: "GET",
  path: "/api/openapi.json",
  operationId: "getOpenApiDocument",
  tag: "Operations",
  summary: "This document",
  replies: { 200: { description: "OpenAPI 3.1.", schema: z.record(z.string(), z.unknown()) } },
  errors: [],
  respond: () => ({ status: 200, body: openApiDocument() }),
});

/** Every route of the HTTP API: served by `server.ts` directly and by Next's route handlers alike. */
export const ROUTES: readonly Route[] = [...describedRoutes, openApiRoute];

let document: OpenApiDocument | undefined;

/** The OpenAPI 3.1 document of all routes, built once. */
function openApiDocument(): OpenApiDocument {
  return (document ??= describeRoutes(ROUTES));
}
