import { AGE_BUCKETS } from "../health";
import { END_REASONS, SESSION_STATUSES } from "../session";
import { BadTerm } from "./query-problem";
import {
  type Comparison,
  COMPARISONS,
  COUNT_FIELDS,
  QUERY_FIELDS,
  type QueryCondition,
  type QueryTerm,
  SPAN_FIELDS,
  TEXT_FIELDS,
  TRAITS,
} from "./query-term";
import { distinct, patternOf, type RawValue, splitValues, textOf } from "./read-values";
import { parseSpan } from "./span";
import type { QueryChar, QueryWord } from "./split-words";

const LABEL = /^label\.([A-Za-z0-9](?:[A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?)$/;
/** The longest text that `LABEL` matches. */
const MAX_LABEL_NAME = "label.".length + 63;
const NOT = "-";

/** What one word of a query demands. */
export function readTerm(word: QueryWord): QueryTerm {
  const [first, ...rest] = word.chars;
  const isNot = first?.char === NOT && !first.isQuoted && word.length > 1;
  const chars = isNot ? rest : word.chars;
  const sign = chars.findIndex((_, index) => isSign(chars, index));
  if (sign < 0) return { isNot, field: "text", text: readText(word, textOf(chars)) };
  const name = chars.slice(0, sign);
  const signAt = chars[sign]?.at ?? word.at;
  const at = name[0]?.at ?? signAt;
  const values = splitValues(chars.slice(sign + 1), signAt + 1);
  return { isNot, ...readCondition({ name: textOf(name), at, length: Math.max(1, signAt - at) }, values) };
}

/** A colon follows a field's name, an equals sign does after a label's. */
function isSign(chars: readonly QueryChar[], index: number): boolean {
  const sign = chars[index];
  if (!sign || sign.isQuoted) return false;
  if (sign.char === ":") return true;
  return sign.char === "=" && index <= MAX_LABEL_NAME && LABEL.test(textOf(chars.slice(0, index)));
}

interface FieldName {
  name: string;
  at: number;
  length: number;
}

function readCondition(field: FieldName, values: readonly RawValue[]): QueryCondition {
  const name = field.name.toLowerCase();
  const label = LABEL.exec(field.name)?.[1];
  if (label !== undefined) return { field: "label", key: label, values: patternsOf(values) };
  switch (name) {
    case "status":
      return { field: name, values: oneOf(SESSION_STATUSES, values) };
    case "health":
      return { field: name, values: oneOf(AGE_BUCKETS, values) };
    case "reason":
      return { field: name, values: oneOf(END_REASONS, values) };
    case "is":
      return { field: name, values: oneOf(TRAITS, values) };
  }
  const text = TEXT_FIELDS.find((known) => known === name);
  if (text) return { field: text, values: patternsOf(values) };
  const span = SPAN_FIELDS.find((known) => known === name);
  if (span) return { field: span, ...readSpan(single(values)) };
  const count = COUNT_FIELDS.find((known) => known === name);
  if (count) return { field: count, ...readCount(single(values)) };
  return fail(field, unknownField(field.name));
}

function unknownField(name: string): string {
  if (name === "") return "the name of a field is missing before the colon";
  if (/^label\b/i.test(name)) return "a label is written label.key=value";
  return `“${name}” is not a field: use ${QUERY_FIELDS.join(", ")} or label.key=value, or put text with a colon in quotation marks`;
}

function patternsOf(values: readonly RawValue[]) {
  return distinct(values.map(patternOf), (pattern) => JSON.stringify(pattern));
}

function oneOf<const T extends string>(known: readonly T[], values: readonly RawValue[]): T[] {
  const chosen = values.map((value) => {
    const text = textOf(value.chars).toLowerCase();
    const found = known.find((candidate) => candidate === text);
    if (found === undefined) fail(value, `“${text}” is none of ${known.join(", ")}`);
    return found;
  });
  return distinct(chosen);
}

function single(values: readonly RawValue[]): RawValue {
  const [value, other] = values;
  if (other !== undefined) fail(other, "this field takes one value; repeat the field for a range");
  // splitValues answers at least one value.
  return value ?? { at: 0, length: 1, chars: [] };
}

function splitComparison(value: RawValue): { comparison: Comparison | null; rest: string } {
  const text = textOf(value.chars);
  const comparison = COMPARISONS.find((sign) => text.startsWith(sign)) ?? null;
  return { comparison, rest: text.slice(comparison?.length ?? 0) };
}

function readSpan(value: RawValue): { comparison: Comparison; ms: number } {
  const { comparison, rest } = splitComparison(value);
  const ms = parseSpan(rest.toLowerCase());
  if (comparison === null || ms === null)
    fail(value, "expected a comparison with a span of at most ten years, such as >10m, <=1h30m or <30s");
  return { comparison, ms };
}

function readCount(value: RawValue): { comparison: Comparison | "="; count: number } {
  const { comparison, rest } = splitComparison(value);
  if (!/^\d{1,15}$/.test(rest)) fail(value, "expected a number, such as 0, >100 or <=5");
  return { comparison: comparison ?? "=", count: Number(rest) };
}

function readText(word: QueryWord, text: string): string {
  if (text.trim() === "") fail(word, "there is no text to look for");
  if (text.length > 200) fail(word, "a text has at most 200 characters");
  return text;
}

function fail({ at, length }: { at: number; length: number }, message: string): never {
  throw new BadTerm({ at, length, message });
}
