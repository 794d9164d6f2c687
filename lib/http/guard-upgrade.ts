import type { IncomingMessage } from "node:http";
import { guardRequest, type HostPolicy } from "./guard-request";

/**
 * Whether an upgrade may be taken: a page of another site could read all that comes over it, so it has to come from a
 * page of ours or from no page at all.
 * @throws host_not_allowed, cross_origin_request
 */
export function guardUpgrade({ headers }: IncomingMessage, policy: HostPolicy): void {
  const fetchSite = headers["sec-fetch-site"];
  guardRequest(
    {
      method: "CONNECT",
      host: headers.host ?? null,
      origin: headers.origin ?? null,
      fetchSite: typeof fetchSite === "string" ? fetchSite : null,
      isNavigation: false,
    },
    policy,
  );
}
