import type { Comparison, Pattern, QueryTerm, TextField } from "@/lib/domain/session-query/query-term";
import type { SessionFilter } from "../../session-list-store";
import { Prisma } from "../generated/client";
import { healthAt, isProbeAt, reasonAt, spanAt, statusAt } from "./session-sql";

/** Over the rows s, a and v. No condition lets SQLite choose an index: which rows are read is the walk's decision. */
export function conditionOf(term: QueryTerm, filter: SessionFilter): Prisma.Sql {
  const condition = positive(term, filter);
  // What is unknown is not so: a session without a client is none of `claude`.
  return term.isNot ? Prisma.sql`NOT coalesce(${condition}, 0)` : condition;
}

export function filterConditions(filter: SessionFilter): Prisma.Sql[] {
  return filter.terms.map((term) => conditionOf(term, filter));
}

export function allOf(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0 ? Prisma.sql`1 = 1` : Prisma.join([...conditions], " AND ");
}

function anyOf(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return Prisma.sql`(${Prisma.join([...conditions], " OR ")})`;
}

function positive(term: QueryTerm, filter: SessionFilter): Prisma.Sql {
  switch (term.field) {
    case "status":
      return isOneOf(statusAt(filter), term.values);
    case "health":
      return isOneOf(healthAt(filter), term.values);
    case "reason":
      return isOneOf(reasonAt(filter), term.values);
    case "is":
      return isProbeAt(filter);
    case "idle":
    case "age":
    case "uptime":
    case "ended":
      return compare(spanAt(term.field, filter), term.comparison, term.ms);
    case "requests":
      return compare(Prisma.sql`a."requestCount"`, term.comparison, term.count);
    case "errors":
      return compare(Prisma.sql`a."errorCount"`, term.comparison, term.count);
    case "label":
      return matchesAny([Prisma.sql`s."labels" ->> ${`$."${term.key}"`}`], term.values);
    case "text":
      return matchesAny(SEARCHED, [["", term.text, ""]]);
    case "server":
    case "client":
    case "principal":
    case "instance":
    case "protocol":
    case "id":
      return matchesAny(COLUMNS[term.field], term.values);
  }
}

const COLUMNS: Record<TextField, readonly Prisma.Sql[]> = {
  id: [Prisma.sql`+s."id"`],
  server: [Prisma.sql`+v."name"`],
  client: [Prisma.sql`s."clientName"`, Prisma.sql`s."clientId"`],
  principal: [Prisma.sql`s."principal"`],
  instance: [Prisma.sql`s."instanceId"`],
  protocol: [Prisma.sql`s."protocolVersion"`],
};
const SEARCHED = [...COLUMNS.id, ...COLUMNS.server, ...COLUMNS.client, ...COLUMNS.principal];

function isOneOf(value: Prisma.Sql, values: readonly string[]): Prisma.Sql {
  return Prisma.sql`(${value}) IN (${Prisma.join([...values])})`;
}

function matchesAny(columns: readonly Prisma.Sql[], patterns: readonly Pattern[]): Prisma.Sql {
  return anyOf(columns.flatMap((column) => patterns.map((pattern) => matches(column, pattern))));
}

/** A text as it is; with wildcards the case of ASCII letters does not matter. */
function matches(column: Prisma.Sql, pattern: Pattern): Prisma.Sql {
  const [text = ""] = pattern;
  if (pattern.length === 1) return Prisma.sql`${column} = ${text}`;
  const like = pattern.map((piece) => piece.replace(/[\\%_]/g, "\\$&")).join("%");
  return Prisma.sql`${column} LIKE ${like} ESCAPE '\\'`;
}

const SIGNS: Record<Comparison | "=", Prisma.Sql> = {
  ">": Prisma.sql`>`,
  ">=": Prisma.sql`>=`,
  "<": Prisma.sql`<`,
  "<=": Prisma.sql`<=`,
  "=": Prisma.sql`=`,
};

function compare(value: Prisma.Sql, comparison: Comparison | "=", bound: number): Prisma.Sql {
  return Prisma.sql`${value} ${SIGNS[comparison]} ${bound}`;
}
