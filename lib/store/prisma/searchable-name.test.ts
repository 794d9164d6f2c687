import { expect, it } from "vitest";
import { searchableName } from "./searchable-name";

it.each([
  ["claude-ai", "claude-ai"],
  ["cla\u0000ude\u0007", "claude"],
  ["", null],
  ["\u0000\u001f\u009f", null],
  [7, null],
  [undefined, null],
  ["x".repeat(300), "x".repeat(256)],
  [`${"x".repeat(255)}📝`, `${"x".repeat(255)}\ufffd`],
])("makes of the client name %j the name %j", (name, searchable) => {
  expect(searchableName(name)).toBe(searchable);
});
