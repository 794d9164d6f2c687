/**
 * Whom a request acts for; null for a guest. This example believes the name in its token, `Bearer demo-<name>`: a real
 * server verifies an access token here.
 */
export function principalOf(headers: Headers): string | null {
  return /^Bearer demo-([a-z0-9-]{1,64})$/.exec(headers.get("authorization") ?? "")?.[1] ?? null;
}
