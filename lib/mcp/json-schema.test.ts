import { describe, expect, it } from "vitest";
import { z } from "zod";
import { toJsonSchema } from "./json-schema";

const Owner = z.strictObject({ id: z.string(), example: z.int().optional() }).meta({ id: "Owner" });
const Thing = z.strictObject({
  owner: Owner.meta({ description: "Whose it is." }),
  former: z.array(Owner).default([]),
  byName: z.record(z.string(), Owner),
  size: z.enum(["small", "large"]).default("small").meta({ example: "large" }),
});

describe("toJsonSchema", () => {
  it("has everything in one piece, properties called like keywords included", () => {
    const json = toJsonSchema(Thing, "input") as { properties: Record<string, object>; required: string[] };
    expect(JSON.stringify(json)).not.toMatch(/\$ref|\$defs|\$schema|"Owner"/);
    const owner = {
      type: "object",
      properties: { id: { type: "string" }, example: { type: "integer" } },
      required: ["id"],
      additionalProperties: false,
    };
    expect(json.required).toEqual(["owner", "byName"]);
    expect(json.properties["owner"]).toMatchObject({ ...owner, description: "Whose it is." });
    expect(json.properties["former"]).toMatchObject({ type: "array", items: owner, default: [] });
    expect(json.properties["byName"]).toMatchObject({ type: "object", additionalProperties: owner });
  });

  it("says examples as JSON Schema does", () => {
    const { properties } = toJsonSchema(Thing, "input") as { properties: Record<string, unknown> };
    expect(properties["size"]).toEqual({
      ...{ type: "string", enum: ["small", "large"] },
      ...{ default: "small", examples: ["large"] },
    });
  });

  it("requires of a result what has a default", () => {
    expect(toJsonSchema(Thing, "output")["required"]).toEqual(["owner", "former", "byName", "size"]);
  });
});
