import { describe, expect, it } from "vitest";
import { parseQuery } from "@/lib/domain/session-query/parse-query";
import { printQuery } from "@/lib/domain/session-query/print-query";
import { addTerms, chosenValues, hidesProbes, toggleProbes, toggleValue } from "./edit-query";
import type { FacetField } from "./facet-fields";

const termsOf = (query: string) => parseQuery(query).terms ?? [];
const toggled = (query: string, field: FacetField, value: string) =>
  printQuery(toggleValue(termsOf(query), field, value));

describe("choosing a value of a field", () => {
  it.each<[query: string, choice: [field: FacetField, value: string], expected: string]>([
    ["", ["status", "active"], "status:active"],
    ["claude status:active", ["status", "closed"], "claude status:active,closed"],
    ["status:active,closed", ["status", "active"], "status:closed"],
    ["status:active idle:>1m", ["status", "active"], "idle:>1m"],
    ["server:notes", ["server", "two words"], 'server:notes,"two words"'],
    ['server:notes,"a,b"', ["server", "a,b"], "server:notes"],
    ["-server:notes", ["server", "search"], "-server:notes server:search"],
    ["server:no*", ["server", "no*"], 'server:no*,"no*"'],
    ["status:active status:closed", ["status", "closed"], "status:active"],
    ["status:active status:closed", ["status", "active"], "status:closed"],
    ["status:active,closed status:closed,expired", ["status", "closed"], "status:active status:expired"],
    ["server:no* server:*es", ["server", "search"], "server:no*,search server:*es,search"],
  ])("makes of %j with %j the query %j", (query, [field, value], expected) => {
    expect(toggled(query, field, value)).toBe(expected);
  });

  it("knows which are chosen", () => {
    expect([...chosenValues(termsOf("server:notes,no* -server:search status:active"), "server")]).toEqual(["notes"]);
  });
});

describe("adding terms", () => {
  it("adds none that is there", () => {
    expect(printQuery(addTerms(termsOf("a status:active"), termsOf("status:active b")))).toBe("a status:active b");
  });
});

describe("hiding probes", () => {
  it("is a term like any other, on and off", () => {
    const hidden = toggleProbes(termsOf("status:expired"));
    expect(printQuery(hidden)).toBe("status:expired -is:probe");
    expect([hidesProbes(hidden), hidesProbes(toggleProbes(hidden))]).toEqual([true, false]);
  });
});
