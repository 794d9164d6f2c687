import { describe, expect, it } from "vitest";
import { ListSessionsQuery } from "@/lib/contract/session-list";
import { searchText } from "./search-text";

describe("a text to search for", () => {
  it.each([
    ["  atlas ", "atlas"],
    ["one\ttwo", "one two"],
    ["\u0000", ""],
    [`${"x".repeat(199)} y`, "x".repeat(199)],
    [`${"x".repeat(199)}😀`, "x".repeat(199)],
    ["x".repeat(201), "x".repeat(200)],
  ])("becomes of %j one that the registry looks for", (typed, expected) => {
    expect(searchText(typed)).toBe(expected);
    expect(expected === "" || ListSessionsQuery.safeParse({ q: expected }).success).toBe(true);
  });
});
