import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { aSession, aSummary } from "../fixtures";
import { markTitle } from "./mark-title";
import { changesBetween, prepareTrouble } from "./prepare-trouble";
import { troubleIcon, troubleIconUrl } from "./trouble-icon";

type ByStatus = ReturnType<typeof aSummary>["statusBreakdown"]["byStatus"];

function summaryWith(byStatus: Partial<ByStatus>) {
  const summary = aSummary([aSession()]);
  const { statusBreakdown } = summary;
  return {
    ...summary,
    statusBreakdown: { ...statusBreakdown, byStatus: { ...statusBreakdown.byStatus, ...byStatus } },
  };
}

describe("trouble", () => {
  it("is none while all is well, or nothing is known yet", () => {
    expect(prepareTrouble({ summary: undefined, hasFailed: false })).toBeNull();
    expect(prepareTrouble({ summary: summaryWith({ expired: 3, closed: 2 }), hasFailed: false })).toBeNull();
  });

  it("counts the sessions that have lost their server", () => {
    const summary = summaryWith({ disconnected: 1_200 });
    expect(prepareTrouble({ summary, hasFailed: false })?.mark).toBe("(1,200 disconnected)");
  });

  it("says first that the data cannot be trusted", () => {
    const summary = summaryWith({ disconnected: 2 });
    expect(prepareTrouble({ summary, hasFailed: true })).toEqual({ kind: "stale", mark: "⚠ Stale" });
  });
});

describe("what has changed", () => {
  it("adds up every kind of end, and the disconnected apart", () => {
    const before = summaryWith({ closed: 1, disconnected: 2 });
    const after = summaryWith({ closed: 2, terminated: 1, expired: 1, disconnected: 3 });
    expect(changesBetween(before, after)).toEqual({ ended: 3, disconnected: 1 });
  });

  it("takes coming back and being forgotten for no news", () => {
    const changes = changesBetween(summaryWith({ closed: 9, disconnected: 3 }), summaryWith({ closed: 1 }));
    expect(changes).toEqual({ ended: 0, disconnected: 0 });
  });
});

describe("a page's title", () => {
  it("carries a mark, changes it, and loses it without a trace", () => {
    const title = "Session health · Holdfast";
    const lost = markTitle(title, "(2 disconnected)");
    expect(lost.startsWith("(2 disconnected)")).toBe(true);
    expect(lost.endsWith(title)).toBe(true);
    const stale = markTitle(lost, "⚠ Stale");
    expect(stale).not.toContain("disconnected");
    expect(markTitle(stale, "⚠ Stale")).toBe(stale);
    expect(markTitle(stale, null)).toBe(title);
    expect(markTitle(title, null)).toBe(title);
  });
});

describe("the page's icon", () => {
  it("is that of every other page while all is well", () => {
    const icon = readFileSync(new URL("../../../app/icon.svg", import.meta.url), "utf8");
    expect(troubleIcon(null)).toBe(icon.replace(/\n\s*/g, ""));
  });

  it("wears a badge of its own for each kind of trouble", () => {
    expect(troubleIconUrl("lost")).not.toBe(troubleIconUrl("stale"));
    expect(decodeURIComponent(troubleIconUrl("lost"))).toContain("#d3372c");
  });
});
