import { isDeepStrictEqual } from "node:util";
import { Problem } from "@/lib/contract/problem";
import type { Method, Route } from "@/lib/http/define-route";
import { createRouteMatcher } from "@/lib/http/match-route";
import { buildOpenApiDocument } from "@/lib/http/openapi";
import { PROBLEMS } from "@/lib/http/problem-table";
import { ROUTES } from "@/lib/http/route-table";

const matchRoute = createRouteMatcher(ROUTES);
const document = buildOpenApiDocument();
const COMPLETE_WITHOUT_ROUTE = new Set([
  "route_not_found",
  "method_not_allowed",
  "host_not_allowed",
  "invalid_request",
]);

/** Holds an answer against what the API documents: its reply's schema, or a problem with a documented status. */
export function assertDocumented({ method, url }: Request, response: Response, body: unknown): void {
  const route = routeOf(method, new URL(url).pathname);
  const where = `${method} ${url} answered ${String(response.status)}`;
  if (response.status === 304) {
    if (body !== null || !route?.replies[304]) throw new Error(`${where}, which is not documented`);
  } else if (response.ok || isDocumentedFailure(route, response)) assertReply(route, { response, body, where });
  else assertProblem(route, { response, body, where });
}

interface Answered {
  response: Response;
  body: unknown;
  where: string;
}

function routeOf(method: string, pathname: string): Route | undefined {
  try {
    return matchRoute(pathname)?.methods.get((method === "HEAD" ? "GET" : method) as Method);
  } catch {
    return undefined;
  }
}

/** A failure in the form of another protocol, which its route documents as a reply. */
function isDocumentedFailure(route: Route | undefined, { status, headers }: Response): boolean {
  return route?.replies[status] !== undefined && headers.get("content-type") === "application/json";
}

function assertReply(route: Route | undefined, { response, body, where }: Answered): void {
  if (response.status === 204 || body === null) return;
  const schema = route?.replies[response.status]?.schema;
  if (!schema) throw new Error(`${where}, which is not documented`);
  if (!isDeepStrictEqual(schema.parse(body), body)) throw new Error(`${where} with more than is documented`);
}

function assertProblem(route: Route | undefined, { response, body, where }: Answered): void {
  const type = response.headers.get("content-type");
  if (type !== "application/problem+json") throw new Error(`${where} as ${String(type)}`);
  if (body === null) return;
  const { code, status, title, requestId } = Problem.parse(body);
  const kind = PROBLEMS[code];
  if (status !== response.status || kind.status !== status || kind.title !== title) {
    throw new Error(`${where} with a problem that says otherwise: ${JSON.stringify(body)}`);
  }
  if (requestId !== response.headers.get("x-request-id")) throw new Error(`${where} with two request ids`);
  if (!route) {
    if (!COMPLETE_WITHOUT_ROUTE.has(code)) throw new Error(`${where}: ${code} without a route`);
    return;
  }
  const documented = document.paths[route.path]?.[route.method.toLowerCase()]?.responses[String(status)];
  if (!documented?.description.includes(`\`${code}\``)) throw new Error(`${where}: ${code}, which is not documented`);
}
