import { describe, expect, it } from "vitest";
import { describeConstraints, describeType, enumValues } from "./describe-schema";

const REF = { $ref: "#/components/schemas/Session" };

describe("describeType", () => {
  it.each([
    [{ type: "string" }, "string"],
    [{ anyOf: [{ type: "integer" }, { type: "null" }] }, "integer | null"],
    [{ type: ["string", "null"] }, "string | null"],
    [{ type: "array", items: REF }, "array of Session"],
    [{ type: "object", additionalProperties: { type: "integer" } }, "map of integer"],
    [{ type: "object", additionalProperties: {} }, "object"],
    [{ const: "terminate" }, '"terminate"'],
    [{}, "any"],
  ])("names %j", (schema, text) => {
    expect(describeType(schema)).toBe(text);
  });
});

describe("describeConstraints", () => {
  it("joins limits into ranges and leaves out those without meaning", () => {
    expect(describeConstraints({ type: "string", minLength: 1, maxLength: 256 })).toEqual(["1 to 256 characters"]);
    expect(describeConstraints({ type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER })).toEqual([
      "at least 0",
    ]);
    expect(describeConstraints({ type: "array", maxItems: 1_000, items: { type: "string", maxLength: 64 } })).toEqual([
      "at most 1,000 items",
      "each at most 64 characters",
    ]);
  });

  it("finds limits in alternatives, and the default beside them", () => {
    const schema = { anyOf: [{ type: "integer", minimum: 1_000 }, { type: "null" }], default: 5_000 };
    expect(describeConstraints(schema)).toEqual(["at least 1,000", "default 5000"]);
  });
});

it("lists closed sets of values, also those of items", () => {
  expect(enumValues({ type: "array", items: { enum: ["active", "expired"] } })).toEqual(["active", "expired"]);
  expect(enumValues({ anyOf: [{ enum: ["healthy"] }, { type: "null" }] })).toEqual(["healthy"]);
});
