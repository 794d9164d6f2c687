import { BadTerm } from "./query-problem";

/** A character that means something, or one that was quoted or escaped and stands for itself. */
export interface QueryChar {
  char: string;
  isQuoted: boolean;
  at: number;
}

/** What stands between white space: `-server:"a b",c`. */
export interface QueryWord {
  at: number;
  length: number;
  chars: readonly QueryChar[];
}

const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

/** Splits a query at its white space. Inside double quotes everything stands for itself, but `\"` and `\\`. */
export function splitWords(query: string): QueryWord[] {
  const words: QueryWord[] = [];
  let chars: QueryChar[] = [];
  let startsAt = 0;
  let quoteAt: number | null = null;
  const finish = (end: number): void => {
    if (end > startsAt) words.push({ at: startsAt, length: end - startsAt, chars });
    chars = [];
    startsAt = end + 1;
  };
  for (let at = 0; at < query.length; at += 1) {
    const char = query.charAt(at);
    if (CONTROL.test(char)) throw new BadTerm({ at, length: 1, message: "control characters are not allowed" });
    if (char === '"') quoteAt = quoteAt === null ? at : null;
    else if (char === "\\" && quoteAt !== null && /["\\]/.test(query.charAt(at + 1))) {
      at += 1;
      chars.push({ char: query.charAt(at), isQuoted: true, at });
    } else if (/\s/.test(char) && quoteAt === null) finish(at);
    else chars.push({ char, isQuoted: quoteAt !== null, at });
  }
  if (quoteAt !== null) throw new BadTerm({ at: quoteAt, length: 1, message: "the quotation has no end" });
  finish(query.length);
  return words;
}
