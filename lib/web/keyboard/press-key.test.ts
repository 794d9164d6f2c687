import { describe, expect, it } from "vitest";
import { NO_KEYS, pressKey, SEQUENCE_MS } from "./press-key";

/** Presses keys in a row, `gapMs` apart, and answers the shortcuts they made. */
function press(keys: string, gapMs = 100): (string | null)[] {
  let sequence = NO_KEYS;
  return Array.from(keys, (key, index) => {
    const outcome = pressKey(sequence, { key, at: 1_000_000 + index * gapMs });
    sequence = outcome.sequence;
    return outcome.shortcut;
  });
}

describe("key presses", () => {
  it("knows single keys", () => {
    expect(press("/?jkx")).toEqual(["filter", "help", "nextRow", "previousRow", "selectRow"]);
    expect(pressKey(NO_KEYS, { key: "Enter", at: 0 }).shortcut).toBe("openRow");
  });

  it("knows two keys, one after the other", () => {
    expect(press("gogsgv")).toEqual([null, "overview", null, "sessions", null, "servers"]);
  });

  it("forgets the first key when the second one is late", () => {
    expect(press("go", SEQUENCE_MS)).toEqual([null, "overview"]);
    expect(press("go", SEQUENCE_MS + 1)).toEqual([null, null]);
  });

  it("takes a key that continues nothing for itself", () => {
    expect(press("gj")).toEqual([null, "nextRow"]);
    expect(press("ggo")).toEqual([null, null, "overview"]);
    expect(press("gqo")).toEqual([null, null, null]);
  });

  it("ignores keys that mean nothing, capitals among them", () => {
    expect(press("oJq")).toEqual([null, null, null]);
  });
});
