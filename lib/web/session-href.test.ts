import { expect, it } from "vitest";
import { idFromSegment, sessionHref } from "./session-href";

it.each(["7f0c3a52", "a/b?c#d", "100%", "%2F", "..;x", "~!@$&'()*+,=[]{}|\\^`\"<>"])("finds %s again", (id) => {
  const segment = new URL(sessionHref(id), "http://localhost").pathname.replace("/mcp/sessions/", "");
  expect(segment).not.toContain("/");
  expect(idFromSegment(segment)).toBe(id);
});

it("has no id for a segment that is not properly encoded", () => {
  expect(idFromSegment("100%")).toBeNull();
});
