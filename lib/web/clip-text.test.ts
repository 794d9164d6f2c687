import { expect, it } from "vitest";
import { clipText } from "./clip-text";

it("leaves a text alone that fits", () => {
  expect(clipText("", 4)).toBeNull();
  expect(clipText("four", 4)).toBeNull();
});

it("cuts a longer one, between characters", () => {
  expect(clipText("fives", 4)).toBe("five");
  expect(clipText("abc😀d", 4)).toBe("abc");
  expect(clipText("ab😀cd", 4)).toBe("ab😀");
});
