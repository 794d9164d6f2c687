import { describeRoutes, type OpenApiDocument } from "./describe-routes";
import { ROUTES } from "./route-table";

export type { OpenApiDocument, OpenApiOperation } from "./describe-routes";

/** The OpenAPI 3.1 document of the whole HTTP API. */
export function buildOpenApiDocument(): OpenApiDocument {
  return describeRoutes(ROUTES);
}
