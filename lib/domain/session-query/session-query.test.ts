import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AGE_BUCKETS } from "../health";
import { END_REASONS, SESSION_STATUSES } from "../session";
import { parseQuery } from "./parse-query";
import { printQuery } from "./print-query";
import { BadTerm } from "./query-problem";
import { COMPARISONS, COUNT_FIELDS, type Pattern, type QueryTerm, SPAN_FIELDS, TEXT_FIELDS } from "./query-term";
import { readTerm } from "./read-term";

const printable = fc
  .string({ unit: "binary", minLength: 1, maxLength: 12 })
  .filter((text) => !/[\u0000-\u001f\u007f-\u009f]/.test(text) && text.isWellFormed());
const awkward = fc
  .array(fc.constantFrom("a", "B", "*", ",", ":", "=", '"', "\\", " ", "-", "label.x", "é", "📝"), {
    minLength: 1,
    maxLength: 8,
  })
  .map((pieces) => pieces.join(""));
const words = fc.oneof(printable, awkward);
const pattern: fc.Arbitrary<Pattern> = fc.oneof(
  words.map((text) => [text]),
  fc
    .tuple(fc.option(words, { nil: "" }), fc.array(words, { maxLength: 2 }), fc.option(words, { nil: "" }))
    .map(([head, middle, tail]) => [head, ...middle, tail]),
);
const patterns = fc.uniqueArray(pattern, { minLength: 1, maxLength: 3, selector: (value) => JSON.stringify(value) });
const someOf = <T>(values: readonly T[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 4 });
const spanMs = fc.oneof(
  fc.nat(90_000),
  fc.nat(900).map((minutes) => minutes * 60_000),
);

const condition = fc.oneof(
  fc.record({ field: fc.constant("status" as const), values: someOf(SESSION_STATUSES) }),
  fc.record({ field: fc.constant("health" as const), values: someOf(AGE_BUCKETS) }),
  fc.record({ field: fc.constant("reason" as const), values: someOf(END_REASONS) }),
  fc.record({ field: fc.constant("is" as const), values: fc.constant(["probe" as const]) }),
  fc.record({ field: fc.constantFrom(...TEXT_FIELDS), values: patterns }),
  fc.record({
    field: fc.constant("label" as const),
    key: fc.constantFrom("team", "a", "k8s.io/app-name", "x_y"),
    values: patterns,
  }),
  fc.record({ field: fc.constantFrom(...SPAN_FIELDS), comparison: fc.constantFrom(...COMPARISONS), ms: spanMs }),
  fc.record({
    field: fc.constantFrom(...COUNT_FIELDS),
    comparison: fc.constantFrom(...COMPARISONS, "=" as const),
    count: fc.nat(),
  }),
  fc.record({ field: fc.constant("text" as const), text: words.filter((text) => text.trim() !== "") }),
);
const terms: fc.Arbitrary<QueryTerm[]> = fc.array(
  fc.tuple(fc.boolean(), condition).map(([isNot, rest]) => ({ isNot, ...rest })),
  { maxLength: 6 },
);

function problemOf(query: string) {
  return parseQuery(query).problem;
}

describe("a session query", () => {
  it("reads back what it prints, whatever the terms", () => {
    fc.assert(
      fc.property(terms, (written) => {
        expect(parseQuery(printQuery(written))).toEqual({ terms: written, problem: null });
      }),
      { numRuns: 500 },
    );
  });

  it("either reads a text or says where it went wrong, and a second reading changes nothing", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.array(awkward).map((parts) => parts.join(" ")),
    );
    fc.assert(
      fc.property(text, (query) => {
        const { terms: read, problem } = parseQuery(query);
        if (problem) {
          expect(problem.at).toBeGreaterThanOrEqual(0);
          expect(problem.at).toBeLessThanOrEqual(query.length);
          expect(problem.message).not.toBe("");
        } else expect(parseQuery(printQuery(read)).terms).toEqual(read);
      }),
      { numRuns: 500 },
    );
  });

  it("reads every kind of term", () => {
    const { terms: read } = parseQuery(
      'status:active,disconnected server:notes client:claude* -principal:* idle:>10m age:<=1h30m requests:0 errors:>5 label.team=core is:probe "free text" word',
    );
    expect(read).toEqual([
      { isNot: false, field: "status", values: ["active", "disconnected"] },
      { isNot: false, field: "server", values: [["notes"]] },
      { isNot: false, field: "client", values: [["claude", ""]] },
      { isNot: true, field: "principal", values: [["", ""]] },
      { isNot: false, field: "idle", comparison: ">", ms: 600_000 },
      { isNot: false, field: "age", comparison: "<=", ms: 5_400_000 },
      { isNot: false, field: "requests", comparison: "=", count: 0 },
      { isNot: false, field: "errors", comparison: ">", count: 5 },
      { isNot: false, field: "label", key: "team", values: [["core"]] },
      { isNot: false, field: "is", values: ["probe"] },
      { isNot: false, field: "text", text: "free text" },
      { isNot: false, field: "text", text: "word" },
    ]);
  });

  it.each([
    ["  status:ACTIVE,active   Status:closed ", "status:active status:closed"],
    ['server:"notes"', "server:notes"],
    ['server:"two words"*', 'server:"two words"*'],
    ["client:a**b", "client:a*b"],
    ["label.team:core", "label.team=core"],
    ["idle:>90s", "idle:>90s"],
    ["idle:>120s", "idle:>2m"],
    ["requests:=5", null],
    ["5*", "5*"],
  ])("writes %j as %j", (query, expected) => {
    const { terms: read } = parseQuery(query);
    expect(read && printQuery(read)).toBe(expected);
  });

  it.each<[query: string, place: [at: number, length: number], message: RegExp]>([
    ["server:notes stauts:active", [13, 6], /“stauts” is not a field: use status/],
    ["status:active,gone", [14, 4], /“gone” is none of active, disconnected/],
    ["status:", [7, 1], /a value is missing/],
    ["server:a,,b", [9, 1], /a value is missing/],
    [":x", [0, 1], /name of a field is missing/],
    ["label:core", [0, 5], /label\.key=value/],
    ["idle:10m", [5, 3], /a comparison with a span/],
    ["idle:>soon", [5, 5], /a comparison with a span/],
    ["idle:>1m,>2m", [9, 3], /one value/],
    ["requests:many", [9, 4], /expected a number/],
    ['x server:"open', [9, 1], /no end/],
    ['""', [0, 2], /no text/],
    ["a\u0000b", [1, 1], /control characters/],
    ["client:a*b*c*d*e*f", [7, 11], /asterisks/],
  ])("says of %j what is wrong at %j", (query, [at, length], message) => {
    expect(problemOf(query)).toEqual({ at, length, message: expect.stringMatching(message) as unknown });
  });

  it("has its limits", () => {
    expect(problemOf("x".repeat(4_001))?.message).toMatch(/4000 characters/);
    expect(problemOf("a ".repeat(33))).toMatchObject({ at: 64, message: expect.stringMatching(/32 terms/) as unknown });
    expect(problemOf(`id:${Array.from({ length: 101 }, (_, index) => String(index)).join(",")}`)?.message).toMatch(
      /100 values/,
    );
    expect(problemOf("x".repeat(201))?.message).toMatch(/200 characters/);
    expect(problemOf(`id:${"x".repeat(257)}`)?.message).toMatch(/256 characters/);
    expect(problemOf("\ud83d")?.message).toMatch(/well-formed/);
  });

  it.each(["=", "a=", "label.a/=", "a"])(
    "reads each character of a long word a few times, though it is made of %j",
    (piece) => {
      const query = piece.repeat(4_000 / piece.length);
      let reads = 0;
      const chars = Array.from(query, (char, at) => ({
        ...{ at, isQuoted: false },
        get char() {
          reads += 1;
          return char;
        },
      }));
      try {
        readTerm({ at: 0, length: query.length, chars });
      } catch (error) {
        expect(error).toBeInstanceOf(BadTerm);
      }
      expect(reads).toBeGreaterThanOrEqual(query.length);
      expect(reads).toBeLessThan(10 * query.length);
    },
  );
});
