import type { StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import { z } from "zod";

type JsonSchema = Record<string, unknown>;

/** Keywords whose members are schemas by name, and keywords that hold plain values. */
const BY_NAME = new Set(["properties", "patternProperties"]);
const VALUES = new Set(["default", "enum", "const", "examples"]);

/** JSON Schema of a zod schema, in one piece: not every client of a tool follows references. */
export function toJsonSchema(schema: z.ZodType, io: "input" | "output"): JsonSchema {
  const { $schema: _, $defs = {}, ...root } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return inlined(root, $defs);
}

/** With every reference replaced by what it names, and without what only OpenAPI and zod know. */
function inlined(schema: JsonSchema, definitions: JsonSchema): JsonSchema {
  const { $ref, id: _, example, ...rest } = schema;
  const target = typeof $ref === "string" ? definitions[$ref.replace("#/$defs/", "")] : undefined;
  const own = Object.entries(rest).map(([key, value]) => [key, inlinedKeyword(key, value, definitions)] as const);
  return {
    ...(isSchema(target) && inlined(target, definitions)),
    ...Object.fromEntries(own),
    ...(example !== undefined && { examples: [example] }),
  };
}

function inlinedKeyword(key: string, value: unknown, definitions: JsonSchema): unknown {
  if (VALUES.has(key)) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => (isSchema(item) ? inlined(item, definitions) : item));
  if (!isSchema(value)) return value;
  if (!BY_NAME.has(key)) return inlined(value, definitions);
  const members = Object.entries(value).map(([name, member]) => [name, inlinedKeyword("", member, definitions)]);
  return Object.fromEntries(members) as JsonSchema;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Tells clients a schema, converted once, and lets every value through: a server is made per request, and the tools
 * check their arguments themselves so that a refusal looks like their other errors.
 */
export function advertised(json: JsonSchema): StandardSchemaWithJSON {
  return {
    "~standard": {
      version: 1,
      vendor: "holdfast",
      validate: (value) => ({ value }),
      jsonSchema: { input: () => json, output: () => json },
    },
  };
}
