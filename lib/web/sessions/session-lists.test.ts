import { QueryClient } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";
import { parseQuery } from "@/lib/domain/session-query/parse-query";
import { aSession } from "../fixtures";
import { describeProbes, describeTotal } from "./describe-counts";
import { prepareFacet } from "./facet-fields";
import { aFacetCount, aSessionPage } from "./fixtures";
import { describeArrivals, prepareArrivals } from "./prepare-arrivals";
import { patchListedSessions, sessionListKeys, type SessionPages } from "./session-list-cache";
import { exportHref, queryOfIds } from "./session-list-client";
import { DEFAULT_COLUMNS, toggleColumn } from "./session-columns";
import { DEFAULT_ORDER, sessionsHref, toView } from "./session-view";

describe("what has come since a list was read", () => {
  it.each<[string[], string[], string | null]>([
    [["b", "c"], ["b", "c"], null],
    [["b", "c"], ["a", "b", "c"], "1 new"],
    [["c", "d"], ["a", "b"], "2+ new"],
    [["a", "b", "c"], ["b", "a", "c"], "Order has changed"],
    [["a", "b", "c"], ["a", "c"], null],
    [[], ["a"], "1 new"],
  ])("from %j to %j is %j", (listed, head, expected) => {
    expect(describeArrivals(prepareArrivals(listed, head))).toBe(expected);
  });
});

describe("a list in the cache", () => {
  it("shows sessions as they are now, each in its place, and is no younger for it", () => {
    const queryClient = new QueryClient();
    const key = sessionListKeys.list(toView("", DEFAULT_ORDER));
    const pages: SessionPages = {
      pages: [
        aSessionPage([aSession({ id: "a" }), aSession({ id: "b" })], "next"),
        aSessionPage([aSession({ id: "c" })]),
      ],
      pageParams: [null, "next"],
    };
    queryClient.setQueryData(key, pages, { updatedAt: 1_000 });
    patchListedSessions(queryClient, [aSession({ id: "b", requestCount: 99 }), aSession({ id: "unlisted" })]);
    const patched = queryClient.getQueryData<SessionPages>(key);
    expect(patched?.pages[0]?.sessions.map(({ id, requestCount }) => [id, requestCount])).toEqual([
      ["a", 3],
      ["b", 99],
    ]);
    expect(patched?.pages[1]).toBe(pages.pages[1]);
    expect(queryClient.getQueryState(key)?.dataUpdatedAt).toBe(1_000);
    patchListedSessions(queryClient, [aSession({ id: "unlisted" })]);
    expect(queryClient.getQueryData(key)).toBe(patched);
  });
});

describe("asking for sessions by id", () => {
  it("reads back as these ids, as many as one question holds", () => {
    const ids = ["a,b", 'quo"te', "x*", "plain"];
    expect(parseQuery(queryOfIds(ids)).terms).toMatchObject([{ field: "id", values: ids.map((id) => [id]) }]);
    const many = Array.from({ length: 150 }, (_, index) => `${"x".repeat(60)}${String(index)}`);
    const [term] = parseQuery(queryOfIds(many)).terms ?? [];
    expect(term?.field === "id" && term.values.length > 50 && term.values.length <= 100).toBe(true);
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
