import { BadTerm } from "./query-problem";
import { MAX_VALUE_LENGTH, MAX_VALUES, MAX_WILDCARDS, type Pattern } from "./query-term";
import type { QueryChar } from "./split-words";

/** One value of a term, as it was written. */
export interface RawValue {
  at: number;
  length: number;
  chars: readonly QueryChar[];
}

/** Splits what follows a field's colon at its commas. */
export function splitValues(chars: readonly QueryChar[], at: number): RawValue[] {
  const values: RawValue[] = [];
  let current: QueryChar[] = [];
  let startsAt = at;
  const finish = (nextAt: number): void => {
    const text = textOf(current);
    const length = Math.max(1, nextAt - startsAt);
    if (text === "") throw new BadTerm({ at: startsAt, length, message: "a value is missing" });
    if (text.length > MAX_VALUE_LENGTH) {
      throw new BadTerm({
        at: startsAt,
        length,
        message: `a value has at most ${String(MAX_VALUE_LENGTH)} characters`,
      });
    }
    values.push({ at: startsAt, length, chars: current });
    current = [];
    startsAt = nextAt + 1;
  };
  for (const char of chars) {
    if (char.char === "," && !char.isQuoted) finish(char.at);
    else current.push(char);
  }
  finish((chars.at(-1)?.at ?? at - 1) + 1);
  if (values.length > MAX_VALUES) {
    throw new BadTerm({ at, length: 1, message: `a term has at most ${String(MAX_VALUES)} values` });
  }
  return values;
}

export function textOf(chars: readonly QueryChar[]): string {
  return chars.map(({ char }) => char).join("");
}

/** An asterisk stands for any text, unless it is quoted. */
export function patternOf({ at, length, chars }: RawValue): Pattern {
  const pieces = [""];
  for (const { char, isQuoted } of chars) {
    if (char !== "*" || isQuoted) pieces.push(`${pieces.pop() ?? ""}${char}`);
    // Two in a row say no more than one.
    else if (pieces.length === 1 || pieces.at(-1) !== "") pieces.push("");
  }
  if (pieces.length - 1 > MAX_WILDCARDS) {
    throw new BadTerm({ at, length, message: `a value has at most ${String(MAX_WILDCARDS)} asterisks` });
  }
  return pieces;
}

/** The values without repetitions, in their order. */
export function distinct<T>(values: readonly T[], keyOf: (value: T) => string = String): T[] {
  return [...new Map(values.map((value) => [keyOf(value), value])).values()];
}
