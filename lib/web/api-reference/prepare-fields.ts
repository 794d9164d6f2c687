import type { JsonSchema } from "./api-document";
import { describeConstraints, describeType, enumValues, isSchema, refName } from "./describe-schema";

export interface Field {
  /** Dotted path inside its object; `[]` stands for an item of an array. */
  name: string;
  depth: number;
  type: string;
  /** The component it refers to, for a link. */
  refersTo: string | null;
  isRequired: boolean;
  description: string | null;
  constraints: string[];
  values: string[];
}

const MAX_DEPTH = 4;

/** The fields of an object schema, those of nested objects below their parent. */
export function prepareFields(schema: JsonSchema, parent = "", depth = 0): Field[] {
  const properties = schema["properties"];
  if (!isSchema(properties) || depth > MAX_DEPTH) return [];
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  return Object.entries(properties).flatMap(([key, value]) => {
    if (!isSchema(value)) return [];
    const name = `${parent}${key}`;
    const field: Field = {
      ...{ name, depth, type: describeType(value), refersTo: refOf(value), isRequired: required.includes(key) },
      ...{
        description: textOf(value["description"]),
        constraints: describeConstraints(value),
        values: enumValues(value),
      },
    };
    return [field, ...nestedFields(value, name, depth + 1)];
  });
}

function nestedFields(schema: JsonSchema, name: string, depth: number): Field[] {
  const items = schema["items"];
  return isSchema(items) ? prepareFields(items, `${name}[].`, depth) : prepareFields(schema, `${name}.`, depth);
}

function refOf(schema: JsonSchema): string | null {
  const items = schema["items"];
  return refName(schema) ?? (isSchema(items) ? refName(items) : null);
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
