import type { z } from "zod";

const KINDS: Readonly<Record<string, string>> = {
  ...{ string: "a string", number: "a number", int: "a whole number", boolean: "true or false" },
  ...{ object: "an object", record: "an object", array: "an array", null: "null" },
};

/** What is wrong with a value of another type, in the words of whoever sent it; everything else the schemas say themselves. */
export const describeIssue: z.core.$ZodErrorMap = ({ code, input, ...rest }) => {
  if (code !== "invalid_type") return undefined;
  if (input === undefined) return "is required";
  const kind = "expected" in rest ? KINDS[String(rest.expected)] : undefined;
  return kind === undefined ? undefined : `must be ${kind}`;
};
