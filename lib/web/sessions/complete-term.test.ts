import { describe, expect, it } from "vitest";
import { parseQuery } from "@/lib/domain/session-query/parse-query";
import { completeTerm } from "./complete-term";
import { aFacetCount } from "./fixtures";

const { facets } = aFacetCount({
  server: [
    { value: "notes", count: 12 },
    { value: "two words", count: 3 },
  ],
  client: [{ value: "claude-ai", count: 9 }],
  status: [{ value: "active", count: 15 }],
});
const texts = (draft: string) => completeTerm(draft, facets).map(({ text }) => text);

describe("completing a term", () => {
  it("begins with the fields", () => {
    expect(texts("")).toContain("status:");
    expect(texts("cl")).toEqual([
      "client:",
      "client:claude-ai",
      "status:closed",
      "reason:client_closed",
      "reason:server_closed",
    ]);
    expect(texts("-stat")[0]).toBe("-status:");
  });

  it("goes on with values, the most frequent first and those without sessions last", () => {
    expect(completeTerm("status:", facets).slice(0, 2)).toEqual([
      { text: "status:active", hint: "", count: 15, isComplete: true },
      { text: "status:disconnected", hint: "", count: 0, isComplete: true },
    ]);
    expect(texts("server:")).toEqual(["server:notes", 'server:"two words"']);
    expect(texts("server:no")).toEqual(["server:notes"]);
    expect(texts("idle:")).toContain("idle:>10m");
  });

  it("adds to the values that are there, and none twice", () => {
    expect(texts("status:active,c")).toContain("status:active,closed");
    expect(texts("status:active,")).not.toContain("status:active,active");
  });

  it("finds a value by itself, whatever its field", () => {
    expect(texts("note")).toEqual(["server:notes"]);
  });

  it("is quiet inside quotation marks, and where nothing fits", () => {
    expect(texts('server:"t')).toEqual([]);
    expect(texts("zzz")).toEqual([]);
  });

  it("suggests only what can be read", () => {
    for (const draft of [
      "status:",
      "health:",
      "server:",
      "reason:",
      "idle:",
      "requests:",
      "errors:",
      "is:",
      "ended:",
    ]) {
      expect(texts(draft), draft).not.toEqual([]);
      for (const text of texts(draft)) expect(parseQuery(text).problem, text).toBeNull();
    }
  });

  it.each(["constructor:", "-constructor:", "__proto__:", "toString:x", "hasOwnProperty"])(
    "knows nothing of %j, which every object has",
    (draft) => {
      expect(texts(draft)).toEqual([]);
    },
  );
});
