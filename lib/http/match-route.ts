import { HoldfastError } from "@/lib/domain/errors";
import type { Method, Route } from "./define-route";

export interface MatchedPath {
  /** Its template. */
  path: string;
  methods: ReadonlyMap<Method, Route>;
  params: Record<string, string>;
}

interface Pattern {
  path: string;
  segments: string[];
  methods: Map<Method, Route>;
}

/** Finds the routes of a path. Literal segments win over parameters. */
export function createRouteMatcher(routes: readonly Route[]): (pathname: string) => MatchedPath | null {
  const patterns = new Map<string, Pattern>();
  for (const route of routes) {
    const pattern = patterns.get(route.path) ?? {
      path: route.path,
      segments: route.path.split("/"),
      methods: new Map<Method, Route>(),
    };
    pattern.methods.set(route.method, route);
    patterns.set(route.path, pattern);
  }
  const byLength = new Map<number, Pattern[]>();
  for (const pattern of [...patterns.values()].sort((a, b) => parametersIn(a) - parametersIn(b))) {
    const { length } = pattern.segments;
    byLength.set(length, [...(byLength.get(length) ?? []), pattern]);
  }
  return (pathname) => {
    const segments = pathname.split("/");
    for (const pattern of byLength.get(segments.length) ?? []) {
      const params = matchSegments(pattern.segments, segments);
      if (params) return { path: pattern.path, methods: pattern.methods, params };
    }
    return null;
  };
}

function parametersIn({ segments }: Pattern): number {
  return segments.filter((segment) => segment.startsWith("{")).length;
}

function matchSegments(pattern: string[], segments: string[]): Record<string, string> | null {
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const actual = segments[index] ?? "";
    if (expected.startsWith("{")) params[expected.slice(1, -1)] = decode(actual);
    else if (expected !== actual) return null;
  }
  return params;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new HoldfastError("invalid_request", "The path has a malformed percent-encoding.");
  }
}
