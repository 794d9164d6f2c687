import { dispatch, type HttpRuntime } from "./dispatch";

type Handler = (request: Request) => Promise<Response>;

/** The route table as the exports of a Next route file; every method, so that the table answers for the wrong ones too. */
export function nextRoute(
  getRuntime: () => Promise<HttpRuntime>,
): Record<"GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS", Handler> {
  const handler: Handler = async (request) => dispatch(request, await getRuntime());
  return {
    GET: handler,
    HEAD: handler,
    POST: handler,
    PUT: handler,
    PATCH: handler,
    DELETE: handler,
    OPTIONS: handler,
  };
}
