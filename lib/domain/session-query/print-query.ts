import type { Pattern, QueryTerm } from "./query-term";
import { printSpan } from "./span";

/** The query that demands these terms: `parseQuery` reads it back as they are. */
export function printQuery(terms: readonly QueryTerm[]): string {
  return terms.map(printTerm).join(" ");
}

export function printTerm(term: QueryTerm): string {
  return `${term.isNot ? "-" : ""}${printCondition(term)}`;
}

/** A text as a value that means exactly this text. */
export function printValue(text: string): string {
  return printPattern([text]);
}

function printCondition(term: QueryTerm): string {
  switch (term.field) {
    case "text":
      return /^(?!label\.)[^-\s":\\][^\s":\\]*$/.test(term.text) ? term.text : quote(term.text);
    case "label":
      return `label.${term.key}=${term.values.map(printPattern).join(",")}`;
    case "status":
    case "health":
    case "reason":
    case "is":
      return `${term.field}:${term.values.join(",")}`;
    case "idle":
    case "age":
    case "uptime":
    case "ended":
      return `${term.field}:${term.comparison}${printSpan(term.ms)}`;
    case "requests":
    case "errors":
      return `${term.field}:${term.comparison === "=" ? "" : term.comparison}${String(term.count)}`;
    case "server":
    case "client":
    case "principal":
    case "instance":
    case "protocol":
    case "id":
      return `${term.field}:${term.values.map(printPattern).join(",")}`;
  }
}

function printPattern(pattern: Pattern): string {
  return pattern.map((piece) => (/^[^\s",*\\]*$/.test(piece) ? piece : quote(piece))).join("*");
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}
