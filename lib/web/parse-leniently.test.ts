import { describe, expect, it } from "vitest";
import { z } from "zod";
import { parseLeniently } from "./parse-leniently";

const Item = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("note"), text: z.string() }),
  z.strictObject({ type: z.literal("count"), value: z.int() }),
]);
const Page = z.strictObject({
  items: z.array(Item).max(3),
  data: z.record(z.string(), z.unknown()),
  byReason: z.partialRecord(z.enum(["closed"]), z.int()),
});

const agreed = { items: [{ type: "note", text: "a" }], data: { any: 1 }, byReason: { closed: 1 } };

describe("parsing leniently", () => {
  it("answers what is as agreed", () => {
    expect(parseLeniently(Page, agreed)).toEqual({ success: true, data: agreed });
  });

  it("ignores keys that it does not know, wherever they are", () => {
    const newer = {
      items: [
        { type: "note", text: "a", colour: "red" },
        { type: "count", value: 2, unit: { name: "ms" } },
      ],
      data: { any: 1, kept: { as: "it is" } },
      byReason: { closed: 1, evicted: 2 },
      theme: "dark",
    };
    expect(parseLeniently(Page, newer).data).toEqual({
      items: [agreed.items[0], { type: "count", value: 2 }],
      data: newer.data,
      byReason: { closed: 1 },
    });
  });

  it("leaves what it was given as it was", () => {
    const newer = { ...agreed, theme: "dark" };
    parseLeniently(Page, newer);
    expect(newer.theme).toBe("dark");
  });

  it.each([
    ["a type that it does not know", { ...agreed, items: [{ type: "weather" }] }],
    ["a value of another kind", { ...agreed, items: [{ type: "note", text: 1, colour: "red" }] }],
    ["a missing key", { items: [], data: {}, theme: "dark" }],
    ["too much", { ...agreed, theme: "dark", items: Array.from({ length: 4 }, () => agreed.items[0]) }],
    ["no object", null],
  ])("refuses %s", (_, json) => {
    expect(parseLeniently(Page, json).success).toBe(false);
  });
});
