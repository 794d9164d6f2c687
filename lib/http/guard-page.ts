import type { IncomingMessage, ServerResponse } from "node:http";
import { HoldfastError } from "@/lib/domain/errors";
import { guardRequest } from "./guard-request";
import { toProblem } from "./problem";
import type { HttpRuntime } from "./dispatch";

function header(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return typeof value === "string" ? value : null;
}

/** Next answers a path that cannot be decoded with a 500; it is the client's mistake. */
function assertDecodable(url: string): void {
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
  try {
    const [host, origin, fetchSite] = ["host", "origin", "sec-fetch-site"].map((name) => header(request, name));
    assertDecodable(request.url ?? "/");
    guardRequest(
      { method: request.method ?? "GET", host: host ?? null, origin: origin ?? null, fetchSite: fetchSite ?? null },
      config,
    );
    return true;
  } catch (error) {
    const problem = toProblem(error, context.ids.newRequestId());
    response.writeHead(problem.status, { "content-type": "application/problem+json" });
    response.end(JSON.stringify(problem));
    return false;
  }
}
