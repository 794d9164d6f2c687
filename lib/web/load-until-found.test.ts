import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { loadUntilFound } from "./load-until-found";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("keeps asking while loading fails, and answers with what it got in the end", async () => {
  let attempts = 0;
  const loaded = loadUntilFound(() => {
    attempts += 1;
    return attempts < 3 ? Promise.reject(new Error("unreachable")) : Promise.resolve("chart");
  });
  await vi.advanceTimersByTimeAsync(10_000);
  expect([await loaded, attempts]).toEqual(["chart", 3]);
});
