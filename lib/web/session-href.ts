/** Path of a session's page; ids may hold any visible ASCII character, also slashes and per cent signs. */
export function sessionHref(id: string): string {
  return `/mcp/sessions/${encodeURIComponent(id)}`;
}

/** The id in a path segment as the router hands it over; null when it is not properly encoded. */
export function idFromSegment(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
