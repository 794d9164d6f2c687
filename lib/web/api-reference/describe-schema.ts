import type { JsonSchema } from "./api-document";

const REF_PREFIX = "#/components/schemas/";

export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function schemasIn(value: unknown): JsonSchema[] {
  return Array.isArray(value) ? value.filter(isSchema) : [];
}

/** The name of the component that a schema refers to. */
export function refName(schema: JsonSchema): string | null {
  const ref = schema["$ref"];
  return typeof ref === "string" && ref.startsWith(REF_PREFIX) ? ref.slice(REF_PREFIX.length) : null;
}

/** The schema itself, or the component it refers to. */
export function resolveSchema(schema: JsonSchema, schemas: Record<string, JsonSchema>): JsonSchema {
  const name = refName(schema);
  return (name === null ? undefined : schemas[name]) ?? schema;
}

/** Alternatives of a schema; a schema without any is its own only one. */
function alternatives(schema: JsonSchema): JsonSchema[] {
  const options = [...schemasIn(schema["anyOf"]), ...schemasIn(schema["oneOf"])];
  return options.length > 0 ? options : [schema];
}

/** The type of a value in a few words: `string | null`, `array of Session`, `map of integer`. */
export function describeType(schema: JsonSchema): string {
  return [...new Set(alternatives(schema).map(describeOne))].join(" | ");
}

function describeOne(schema: JsonSchema): string {
  const name = refName(schema);
  if (name !== null) return name;
  if (schema["const"] !== undefined) return JSON.stringify(schema["const"]);
  const { type, items, additionalProperties } = { ...emptySchema, ...schema };
  if (type === "array") return isSchema(items) ? `array of ${describeType(items)}` : "array";
  if (type === "object" && isSchema(additionalProperties) && Object.keys(additionalProperties).length > 0) {
    return `map of ${describeType(additionalProperties)}`;
  }
  if (Array.isArray(type)) return type.join(" | ");
  return typeof type === "string" ? type : "any";
}

const emptySchema: { type?: unknown; items?: unknown; additionalProperties?: unknown } = {};

const RANGES = [
  { from: "minimum", to: "maximum", unit: "" },
  { from: "minLength", to: "maxLength", unit: " characters" },
  { from: "minItems", to: "maxItems", unit: " items" },
];

/** The limits of a schema's own keywords: `1 to 256 characters`, `at most 64 items`, `at least 0`. */
function describeRanges(schema: JsonSchema): string[] {
  return RANGES.flatMap(({ from, to, unit }) => {
    const [least, most] = [limitOf(schema[from]), limitOf(schema[to])];
    if (least !== null && most !== null) return `${least} to ${most}${unit}`;
    if (least !== null) return `at least ${least}${unit}`;
    return most === null ? [] : `at most ${most}${unit}`;
  });
}

/** The largest safe integer is no limit worth a word. */
function limitOf(value: unknown): string | null {
  return typeof value === "number" && Math.abs(value) !== Number.MAX_SAFE_INTEGER ? value.toLocaleString("en") : null;
}

/** What a value must keep to, limit by limit. */
export function describeConstraints(schema: JsonSchema): string[] {
  const own = alternatives(schema).flatMap((option) => {
    const { format, items } = option as { format?: unknown; items?: unknown };
    const inner =
      isSchema(items) && refName(items) === null ? describeConstraints(items).map((limit) => `each ${limit}`) : [];
    return [...(typeof format === "string" ? [format] : []), ...describeRanges(option), ...inner];
  });
  const initial = schema["default"];
  return [
    ...new Set(own),
    ...(initial === undefined || initial === null ? [] : [`default ${JSON.stringify(initial)}`]),
  ];
}

/** The closed set of values, where there is one. */
export function enumValues(schema: JsonSchema): string[] {
  const items = schema["items"];
  const listed = alternatives(schema).flatMap((option) =>
    Array.isArray(option["enum"]) ? (option["enum"] as unknown[]) : [],
  );
  if (listed.length > 0) return listed.map(String);
  return isSchema(items) && refName(items) === null ? enumValues(items) : [];
}
