import type { JsonSchema } from "./api-document";
import { isSchema, refName } from "./describe-schema";

type Schemas = Record<string, JsonSchema>;
const MAX_DEPTH = 6;

/** An example value of a schema: its own example, else one put together from its parts. */
export function prepareExample(schema: JsonSchema, schemas: Schemas, depth = 0): unknown {
  const name = refName(schema);
  if (name !== null) return depth > MAX_DEPTH ? {} : prepareExample(schemas[name] ?? {}, schemas, depth + 1);
  const given = givenExample(schema);
  if (given !== undefined) return given;
  const { anyOf, oneOf, items, properties } = { anyOf: undefined, oneOf: undefined, ...schema } as Record<
    string,
    unknown
  >;
  const options = Array.isArray(anyOf) ? anyOf : oneOf;
  if (Array.isArray(options)) return prepareExample(isSchema(options[0]) ? options[0] : {}, schemas, depth + 1);
  if (isSchema(properties)) {
    const entries = Object.entries(properties).flatMap(([key, value]) =>
      isSchema(value) ? [[key, prepareExample(value, schemas, depth + 1)] as const] : [],
    );
    return Object.fromEntries(entries);
  }
  if (isSchema(items)) return [prepareExample(items, schemas, depth + 1)];
  return plainExample(schema);
}

/** An example request: fields that say nothing are left out, as a client would. */
export function requestExample(schema: JsonSchema, schemas: Schemas): unknown {
  const example = prepareExample(schema, schemas);
  return isSchema(example)
    ? Object.fromEntries(Object.entries(example).filter(([, value]) => saysSomething(value)))
    : example;
}

function saysSomething(value: unknown): boolean {
  return value !== null && (typeof value !== "object" || Object.keys(value).length > 0);
}

function givenExample(schema: JsonSchema): unknown {
  const { example, examples, enum: values } = schema as { example?: unknown; examples?: unknown; enum?: unknown };
  if (example !== undefined) return example;
  if (schema["default"] !== undefined) return schema["default"];
  if (schema["const"] !== undefined) return schema["const"];
  if (Array.isArray(examples)) return examples[0] as unknown;
  return Array.isArray(values) ? (values[0] as unknown) : undefined;
}

function plainExample({ type }: { type?: unknown }): unknown {
  if (type === "integer" || type === "number") return 0;
  if (type === "boolean") return true;
  if (type === "string") return "text";
  return type === "null" ? null : {};
}
