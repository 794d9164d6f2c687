import { HoldfastError, isHoldfastError } from "@/lib/domain/errors";
import type { ServiceContext } from "@/lib/services/context";
import type { ApiRequest, ApiResponse } from "./api-exchange";
import type { McpEndpoint, Method, MetricsSource, Reply, Route } from "./define-route";
import { guardRequest, type HostPolicy } from "./guard-request";
import { createRouteMatcher } from "./match-route";
import { problemResponse } from "./problem";
import { PROBLEMS } from "./problem-table";
import { ROUTES } from "./route-table";

const matchRoute = createRouteMatcher(ROUTES);

/** What the HTTP boundary needs of the process; the runtime fits. */
export interface HttpRuntime {
  config: HostPolicy;
  context: ServiceContext;
  isServing: () => boolean;
  mcp: McpEndpoint;
  metrics: MetricsSource;
}

interface Exchange {
  request: ApiRequest;
  runtime: HttpRuntime;
  requestId: string;
  /** Template of the path, once it is known. */
  route: string | null;
}

/** Answers any request to the API: finds its route, runs it, turns every failure into a problem document. */
export async function answerRequest(request: ApiRequest, runtime: HttpRuntime): Promise<ApiResponse> {
  const { requests } = runtime.metrics;
  const startedAt = requests.begin();
  const requestId = readRequestId(request) ?? runtime.context.ids.newRequestId();
  const exchange: Exchange = { request, runtime, requestId, route: null };
  const response = await guardAndAnswer(exchange);
  requests.observe({ method: request.method, route: exchange.route, status: response.status, startedAt });
  return response;
}

async function guardAndAnswer(exchange: Exchange): Promise<ApiResponse> {
  try {
    guard(exchange, exchange.request.method);
    return await answer(exchange);
  } catch (error) {
    return failed(error, exchange);
  }
}

function guard({ request, runtime }: Exchange, method: string): void {
  guardRequest(
    {
      method,
      host: request.host,
      origin: request.header("origin"),
      fetchSite: request.header("sec-fetch-site"),
      isNavigation: request.header("sec-fetch-mode") === "navigate",
    },
    runtime.config,
  );
}

async function answer(exchange: Exchange): Promise<ApiResponse> {
  const { request, runtime, requestId } = exchange;
  const match = matchRoute(request.url.pathname);
  if (!match) throw new HoldfastError("route_not_found", "Nothing is served at this path.");
  exchange.route = match.path;
  const allow = allowedMethods(match.methods);
  if (request.method === "OPTIONS") return { status: 204, headers: { allow, "x-request-id": requestId }, body: null };
  const isHead = request.method === "HEAD";
  const route = match.methods.get((isHead ? "GET" : request.method) as Method);
  if (!route) {
    const error = new HoldfastError("method_not_allowed", "This path does not support the method.");
    return problemResponse(error, requestId, { allow });
  }
  // What has an effect is nothing that another site's page may cause, whatever its method.
  if (route.hasEffect) guard(exchange, "POST");
  const { context: services, isServing, mcp, metrics } = runtime;
  const reply = await route.handle(request, match.params, { services, isServing, mcp, metrics, requestId });
  return toResponse(reply, requestId, isHead);
}

function allowedMethods(methods: ReadonlyMap<Method, Route>): string {
  const names: string[] = [...methods.keys()];
  if (methods.has("GET")) names.push("HEAD");
  return [...names, "OPTIONS"].join(", ");
}

function toResponse({ status, body, text, headers, stream }: Reply, requestId: string, isHead: boolean): ApiResponse {
  return {
    ...(stream && !isHead && { stream }),
    status,
    headers: {
      ...(body !== undefined && { "content-type": "application/json" }),
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "x-request-id": requestId,
      ...headers,
    },
    body: isHead ? null : (text ?? (body === undefined ? null : JSON.stringify(body))),
  };
}

function failed(error: unknown, { request, runtime, requestId }: Exchange): ApiResponse {
  if (!isHoldfastError(error)) {
    const { method, url } = request;
    runtime.context.log.error({ err: error, requestId, method, url: url.href }, "request failed");
  } else if (PROBLEMS[error.code].status >= 500) {
    runtime.context.log.warn({ err: error, requestId, code: error.code }, "request refused");
  }
  return problemResponse(error, requestId);
}

/** A caller's own request id, if it is one that can be written to a log as it is. */
function readRequestId(request: ApiRequest): string | null {
  const id = request.header("x-request-id");
  return id !== null && /^[\w.-]{8,128}$/.test(id) ? id : null;
}
