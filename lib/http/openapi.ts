import { describeRoutes, type OpenApiDocument } from "./describe-routes";
import { ROUTES } from "./route-table";

/** The OpenAPI 3.1 document of the whole HTTP API. */
export function buildOpenApiDocument(): OpenApiDocument {
  return describeRoutes(ROUTES);
}
