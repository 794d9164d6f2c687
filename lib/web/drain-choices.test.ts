import { expect, it } from "vitest";
import { withinMsOf } from "./drain-choices";

it("knows the usual times", () => {
  expect(withinMsOf("0", "junk")).toBe(0);
  expect(withinMsOf("30", "junk")).toBe(1_800_000);
});

it("takes whole minutes up to a week", () => {
  expect(withinMsOf("custom", "90")).toBe(5_400_000);
  expect(withinMsOf("custom", "10080")).toBe(604_800_000);
});

it.each(["", " ", "0", "-5", "1.5", "10081", "soon"])("refuses %j minutes", (minutes) => {
  expect(withinMsOf("custom", minutes)).toBeNull();
});
