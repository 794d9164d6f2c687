import { expect, it } from "vitest";
import { z } from "zod";
import { describeIssue } from "./describe-issue";

const Sample = z.strictObject({ id: z.string(), size: z.int(), when: z.string({ error: "must be a time" }) });

function problemsOf(value: unknown): string[] {
  const { error } = Sample.safeParse(value, { error: describeIssue });
  return error?.issues.map(({ path, message }) => `${path.join(".")} ${message}`) ?? [];
}

it.each([
  [{ size: 1, when: "" }, ["id is required"]],
  [{ id: 7, size: "1", when: "" }, ["id must be a string", "size must be a number"]],
  [{ id: "a", size: 1.5, when: "" }, ["size must be a whole number"]],
  [{ id: "a", size: 1, when: 1 }, ["when must be a time"]],
  [[], [" must be an object"]],
])("says of %j what is wrong in plain words", (value, expected) => {
  expect(problemsOf(value)).toEqual(expected);
});
