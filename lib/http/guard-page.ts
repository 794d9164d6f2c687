import type { IncomingMessage, ServerResponse } from "node:http";
import { HoldfastError } from "@/lib/domain/errors";
import { guardRequest } from "./guard-request";
import { problemResponse } from "./problem";
import type { HttpRuntime } from "./answer-request";

function header(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return typeof value === "string" ? value : null;
}

/** Next answers what is not a path, or cannot be decoded, with a 500; it is the client's mistake. */
function assertPath(url: string): void {
  if (!url.startsWith("/")) throw new HoldfastError("invalid_request", "The request target is not a path.");
  try {
    decodeURIComponent(url.split("?", 1)[0] ?? "");
  } catch {
    throw new HoldfastError("invalid_request", "The path has a malformed percent-encoding.");
  }
}

/** Whether a page may be served to this request; if not, it has been answered. */
export function guardPage(
  request: IncomingMessage,
  response: ServerResponse,
  { config, context }: HttpRuntime,
): boolean {
  const { method = "GET", url = "" } = request;
  try {
    assertPath(url);
    guardRequest(
      {
        method,
        host: header(request, "host"),
        origin: header(request, "origin"),
        fetchSite: header(request, "sec-fetch-site"),
        // Styles, scripts and pages hold nothing that another site could read.
        isNavigation: true,
      },
      config,
    );
    if (method === "GET" || method === "HEAD") return true;
    throw new HoldfastError("method_not_allowed", "A page can only be read.");
  } catch (error) {
    const { status, headers, body } = problemResponse(error, context.ids.newRequestId(), { allow: "GET, HEAD" });
    response.writeHead(status, headers);
    response.end(body);
    return false;
  }
}
