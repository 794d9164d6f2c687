import { expect, it } from "vitest";
import { containerOf, hasAtMost, prepareJson } from "./prepare-json";

it("tells objects and lists, empty ones too, from plain values", () => {
  expect(containerOf({ a: 1, b: [] })).toEqual({
    isList: false,
    entries: [
      ["a", 1],
      ["b", []],
    ],
  });
  expect(containerOf(["x"])).toEqual({ isList: true, entries: [["0", "x"]] });
  expect(containerOf({})).toEqual({ isList: false, entries: [] });
  for (const plain of [null, "", 0, false]) expect(containerOf(plain)).toBeNull();
});

it("counts nested values, and the document itself", () => {
  const document = { a: [1, 2], b: { c: null } };
  expect(hasAtMost(document, 6)).toBe(true);
  expect(hasAtMost(document, 5)).toBe(false);
  expect(hasAtMost(Array.from({ length: 200_000 }), 200)).toBe(false);
});

it("measures the compact form in bytes and hands out the indented one", () => {
  expect(prepareJson({ a: "é" })).toEqual({ text: '{\n  "a": "é"\n}', bytes: 10 });
});
