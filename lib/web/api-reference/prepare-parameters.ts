import type { ApiParameter } from "./api-document";
import { describeConstraints, describeType, enumValues, refName } from "./describe-schema";
import type { Field } from "./prepare-fields";

/** Parameters as rows of the same table that fields of a body make. */
export function parameterFields(parameters: readonly ApiParameter[]): Field[] {
  return parameters.map(({ name, in: place, required, description, schema }) => ({
    ...{ name, depth: 0, isRequired: required, refersTo: refName(schema) },
    type: `${describeType(schema)} in ${place}`,
    description: description ?? null,
    constraints: describeConstraints(schema),
    values: enumValues(schema),
  }));
}
