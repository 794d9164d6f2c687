// @vitest-environment happy-dom
import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { noteRegistryTime } from "./registry-clock";
import { useRegistryNow } from "./use-registry-now";

const NOW = Date.UTC(2026, 10, 20, 12, 0, 0);
const MINUTE = 60_000;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});

afterEach(() => {
  // Back to a browser whose clock is right, for the next test.
  noteRegistryTime(new Date(NOW).toUTCString(), NOW);
  cleanup();
  vi.useRealTimers();
});

function answerAt(registryTime: number): void {
  act(() => {
    noteRegistryTime(new Date(registryTime).toUTCString(), Date.now());
  });
}

it("is the browser's time while both agree within what a date can tell", () => {
  const { result } = renderHook(() => useRegistryNow());
  answerAt(NOW - 1_000);
  expect(result.current).toBe(NOW);
});

it("follows the registry when the browser's clock is wrong", () => {
  const { result } = renderHook(() => useRegistryNow());
  answerAt(NOW + 20 * MINUTE);
  expect(result.current).toBe(NOW + 20 * MINUTE + 500);
  act(() => {
    vi.advanceTimersByTime(3_000);
  });
  expect(result.current).toBe(NOW + 20 * MINUTE + 3_500);
});

it("does not jump with the uncertainty of every answer, and forgets an offset that has gone", () => {
  const { result } = renderHook(() => useRegistryNow());
  answerAt(NOW + 20 * MINUTE);
  answerAt(NOW + 20 * MINUTE + 1_000);
  expect(result.current).toBe(NOW + 20 * MINUTE + 500);
  answerAt(NOW);
  expect(result.current).toBe(NOW);
});

it.each([null, "yesterday"])("ignores an answer that does not say when it was given (%s)", (date) => {
  const { result } = renderHook(() => useRegistryNow());
  act(() => {
    noteRegistryTime(date, NOW);
  });
  expect(result.current).toBe(NOW);
});
