import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defineRoute, type Method } from "./define-route";
import { createRouteMatcher } from "./match-route";

function route(method: Method, path: `/${string}`) {
  return defineRoute({
    method,
    path,
    ...{ operationId: `${method} ${path}`, tag: "Operations", summary: "", errors: [] },
    replies: { 200: { description: "", schema: z.null() } },
    respond: () => ({ status: 200, body: null }),
  });
}

const match = createRouteMatcher([
  route("GET", "/a/{id}"),
  route("PUT", "/a/{id}"),
  route("GET", "/a/fixed"),
  route("GET", "/a/{id}/{part}"),
]);

describe("createRouteMatcher", () => {
  it("finds all methods of a path, and its parameters decoded", () => {
    const found = match("/a/x%2Fy%20z");
    expect(found?.params).toEqual({ id: "x/y z" });
    expect([...(found?.methods.keys() ?? [])]).toEqual(["GET", "PUT"]);
  });

  it("prefers a literal over a parameter, whatever their order", () => {
    expect([...(match("/a/fixed")?.methods.values() ?? [])].map(({ path }) => path)).toEqual(["/a/fixed"]);
    expect(match("/a/fixed")?.params).toEqual({});
  });

  it("matches whole paths only", () => {
    expect(["/", "/a", "/b/x", "/a/x/y/z", "a/x"].map((path) => match(path))).toEqual(Array(5).fill(null));
    expect(match("/a/x/y")?.params).toEqual({ id: "x", part: "y" });
  });

  it("refuses a percent-encoding that means nothing", () => {
    expect(() => match("/a/%ff")).toThrow(expect.objectContaining({ code: "invalid_request" }));
  });
});
