import { expect, it } from "vitest";
import { shortenId } from "./shorten-id";

it.each([
  ["first-session", "first-session"],
  ["7f0c2a52-3c1e-4a55-9b58-1d0f8a7f6f11", "7f0c2a52…"],
  ["session-number-39", "sessi…er-39"],
  ["session-number-40", "sessi…er-40"],
])("shortens %s to %s", (id, expected) => {
  expect(shortenId(id)).toBe(expected);
});
