import type { z } from "zod";
import { describeIssue } from "@/lib/contract/describe-issue";
import { HoldfastError } from "@/lib/domain/errors";
import { jsonPointer } from "./json-pointer";

const MAX_ERRORS = 20;
const MAX_DETAIL_LENGTH = 300;

/** What a schema makes of a value, or `invalid_request` with every field that is wrong. */
export function validate<T extends z.ZodType>(
  schema: T,
  value: unknown,
  where: "body" | "query" | "path",
): z.output<T> {
  const parsed = schema.safeParse(value, { error: describeIssue });
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap((issue) => explain(issue, where)).slice(0, MAX_ERRORS);
  const summary =
    errors.length === 1
      ? errors.map(({ pointer, detail }) => `${pointer}: ${detail}`).join()
      : `${String(errors.length)} problems in the ${where}`;
  throw new HoldfastError("invalid_request", `${summary.slice(0, MAX_DETAIL_LENGTH)}.`, { errors });
}

function explain(issue: z.core.$ZodIssue, where: string): { pointer: string; detail: string }[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      pointer: pointerTo([...issue.path, key], where),
      detail: "is not a known field",
    }));
  }
  return [{ pointer: pointerTo(issue.path, where), detail: issue.message.slice(0, MAX_DETAIL_LENGTH) }];
}

/** Into the body a JSON pointer; for the query and the path, the parameter's name. */
function pointerTo(path: readonly PropertyKey[], where: string): string {
  if (path.length === 0) return where;
  return where === "body" ? jsonPointer(path) : `${where}:${jsonPointer(path.slice(0, 1)).slice(1)}`;
}
