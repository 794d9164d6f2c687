import { isIP } from "node:net";
import { HoldfastError } from "@/lib/domain/errors";

const LOOPBACK_NAMES = new Set(["localhost", "127.0.0.1", "[::1]"]);
const WILDCARDS = new Set(["0.0.0.0", "::", "[::]"]);
const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

export interface HostPolicy {
  /** Address the server listens on. */
  host: string;
  allowedHosts: readonly string[];
}

export interface GuardedRequest {
  method: string;
  host: string | null;
  origin: string | null;
  /** `Sec-Fetch-Site`: a browser's word on where the request comes from. */
  fetchSite: string | null;
  /** Whether the browser itself shows the answer (`Sec-Fetch-Mode: navigate`), and no other site's page reads it. */
  isNavigation: boolean;
}

/** The host name of a `Host` header, without its port. */
function hostname(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, "");
}

function isHostAllowed(name: string, { host, allowedHosts }: HostPolicy): boolean {
  if (LOOPBACK_NAMES.has(name) || allowedHosts.includes(name)) return true;
  // An address cannot be pointed elsewhere; a name can, so on all interfaces every name has to be allowed.
  if (WILDCARDS.has(host)) return isIP(name.replace(/^\[(.*)\]$/, "$1")) !== 0;
  return name === host.toLowerCase() || name === `[${host.toLowerCase()}]`;
}

/**
 * Keeps other sites' pages out: a name that is not ours may be one that an attacker has pointed at this address (DNS
 * rebinding), and a browser says where a changing request comes from.
 * @throws host_not_allowed, cross_origin_request
 */
export function guardRequest(request: GuardedRequest, policy: HostPolicy): void {
  const { method, host, origin, fetchSite, isNavigation } = request;
  if (host === null || !isHostAllowed(hostname(host), policy)) {
    throw new HoldfastError("host_not_allowed", "Holdfast does not answer under this host name.");
  }
  const isOtherSite = fetchSite === "cross-site" || fetchSite === "same-site";
  if (SAFE_METHODS.has(method) && (!isOtherSite || isNavigation)) return;
  if (isOtherSite || (origin !== null && !isSameOrigin(origin, host, policy))) {
    throw new HoldfastError("cross_origin_request", "The request comes from a page of another origin.");
  }
}

function isSameOrigin(origin: string, host: string, { allowedHosts }: HostPolicy): boolean {
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  return url.host === host.toLowerCase() || allowedHosts.includes(url.hostname);
}
