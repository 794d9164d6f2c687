import { describe, expect, it } from "vitest";
import { hasSelection, isSelected, NOTHING_SELECTED, selectListed, selectQuery, toggleSelected } from "./selection";

const listed = ["a", "b", "c", "d", "e"];
const toggle = (selection: typeof NOTHING_SELECTED, id: string, isRange = false) =>
  toggleSelected(selection, { id, listed, isRange });
const idsOf = ({ ids }: typeof NOTHING_SELECTED) => [...ids].sort();

describe("selecting sessions", () => {
  it("chooses one and takes it back", () => {
    const one = toggle(NOTHING_SELECTED, "b");
    expect([idsOf(one), hasSelection(one)]).toEqual([["b"], true]);
    expect(hasSelection(toggle(one, "b"))).toBe(false);
  });

  it("chooses everything between two, in either direction, and gives it back the same way", () => {
    const range = toggle(toggle(NOTHING_SELECTED, "d"), "b", true);
    expect(idsOf(range)).toEqual(["b", "c", "d"]);
    expect(idsOf(toggle(range, "d", true))).toEqual([]);
  });

  it("takes a range that begins nowhere for the one session", () => {
    expect(idsOf(toggle(NOTHING_SELECTED, "c", true))).toEqual(["c"]);
    const gone = { ...NOTHING_SELECTED, anchor: "purged" };
    expect(idsOf(toggle(gone, "c", true))).toEqual(["c"]);
  });

  it("means all that a query finds, loaded or not, until one is taken out", () => {
    const all = selectQuery("status:active");
    expect([isSelected(all, "z"), hasSelection(all)]).toEqual([true, true]);
    const rest = toggle(all, "c");
    expect([rest.query, idsOf(rest)]).toEqual([null, ["a", "b", "d", "e"]]);
    expect(idsOf(selectListed(listed))).toEqual(listed);
  });
});
