import { describe, expect, it } from "vitest";
import { parseQuery } from "@/lib/domain/session-query/parse-query";
import { describeProbes, describeTotal } from "./describe-counts";
import { prepareFacet } from "./facet-fields";
import { aFacetCount } from "./fixtures";
import { describeArrivals, type PageNow, prepareArrivals } from "./prepare-arrivals";
import { exportHref, queriesOfIds } from "./session-list-client";
import { DEFAULT_COLUMNS, toggleColumn } from "./session-columns";
import { sessionsHref, toView } from "./session-view";

describe("what has come since a list was read", () => {
  it.each<[string[], string[], string | null]>([
    [["b", "c"], ["b", "c"], null],
    [["b", "c"], ["a", "b", "c"], "1 new"],
    [["c", "d"], ["a", "b"], "2+ new"],
    [["a", "b", "c"], ["b", "a", "c"], "Order has changed"],
    [["a", "b", "c"], ["a", "c"], "1 no longer matches"],
    [["a", "b", "c", "d", "e"], ["a", "d"], "2 no longer match"],
    [["b", "c", "d"], ["a", "b", "d"], "1 new, 1 no longer matches"],
    [[], ["a"], "1 new"],
  ])("from %j to a first page of %j is %j", (listed, ids, expected) => {
    expect(describeArrivals(prepareArrivals(listed, { ids, isFirst: true, isLast: false }))).toBe(expected);
  });

  it.each<[PageNow, string | null]>([
    [{ ids: ["a", "b"], isFirst: true, isLast: false }, null],
    [{ ids: ["a", "b"], isFirst: true, isLast: true }, "2 no longer match"],
    [{ ids: ["c", "d"], isFirst: false, isLast: true }, null],
    [{ ids: ["c", "e"], isFirst: false, isLast: true }, "1 new, 1 no longer matches"],
    [{ ids: [], isFirst: true, isLast: true }, "4 no longer match"],
    [{ ids: [], isFirst: false, isLast: false }, null],
  ])("from a, b, c, d to the page %j is %j", (page, expected) => {
    expect(describeArrivals(prepareArrivals(["a", "b", "c", "d"], page))).toBe(expected);
  });
});

describe("asking for sessions by id", () => {
  const askedFor = (ids: string[]) =>
    queriesOfIds(ids).flatMap((query) =>
      (parseQuery(query).terms ?? []).flatMap((term) => (term.field === "id" ? term.values : [])),
    );

  it("reads back as these ids", () => {
    const ids = ["a,b", 'quo"te', "x*", "plain"];
    expect(askedFor(ids)).toEqual(ids.map((id) => [id]));
    expect(queriesOfIds([])).toEqual([]);
  });

  it("takes as many questions as it needs", () => {
    const long = Array.from({ length: 150 }, (_, index) => `${"x".repeat(60)}${String(index)}`);
    expect(askedFor(long)).toEqual(long.map((id) => [id]));
    expect(queriesOfIds(long)).toHaveLength(3);
    const many = Array.from({ length: 201 }, (_, index) => String(index));
    expect(askedFor(many)).toEqual(many.map((id) => [id]));
    expect(queriesOfIds(many)).toHaveLength(3);
  });
});

describe("facets", () => {
  it("keep the order of closed sets, and what was chosen even without sessions", () => {
    const values = [
      { value: "terminated", count: 9 },
      { value: "active", count: 2 },
    ];
    const options = prepareFacet("status", values, new Set(["closed"]));
    expect(options.map(({ label, count, isChosen }) => [label, count, isChosen])).toEqual([
      ["Active", 2, false],
      ["Closed", 0, true],
      ["Terminated", 9, false],
    ]);
    expect(prepareFacet("reason", [{ value: "idle_timeout", count: 1 }], new Set())[0]?.label).toBe("Idle timeout");
  });

  it("offer no choice without a name", () => {
    const values = [
      { value: "", count: 4 },
      { value: " ", count: 2 },
      { value: "claude-ai", count: 1 },
    ];
    expect(prepareFacet("client", values, new Set([""])).map(({ label }) => label)).toEqual(["claude-ai"]);
  });

  it("say how many there are, and when that is only a lower bound", () => {
    expect(describeTotal(aFacetCount({}, 1)).text).toBe("1 session");
    expect(describeTotal({ ...aFacetCount({}, 250_000), isComplete: false }).text).toBe("250,000+ sessions");
    expect(describeProbes(aFacetCount(), false)).toBeNull();
    const probes = aFacetCount({ is: [{ value: "probe", count: 12 }] });
    expect(describeProbes(probes, false)?.text).toBe("Hide 12 probes");
    expect(describeProbes(probes, true)?.text).toBe("12 probes hidden");
  });
});

describe("addresses", () => {
  it("name the query of a list and of its export, which goes by no order that changes meanwhile", () => {
    expect(sessionsHref('server:"a b"')).toBe("/mcp/sessions?query=server%3A%22a%20b%22");
    expect(sessionsHref()).toBe("/mcp/sessions");
    expect(exportHref(toView("a", "lastActivityAt.asc"), "csv")).toBe(
      "/api/mcp/sessions/export?format=csv&sort=createdAt&order=asc&query=a",
    );
  });

  it("keep columns in one order", () => {
    expect(toggleColumn(toggleColumn(DEFAULT_COLUMNS, "server"), "server")).toEqual(DEFAULT_COLUMNS);
    expect(toggleColumn(["errors"], "client")).toEqual(["client", "errors"]);
  });
});
