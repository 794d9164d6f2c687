// @vitest-environment happy-dom
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { FreshnessBadge } from "./freshness-badge";

const NOW = Date.UTC(2026, 10, 20, 12, 4, 31);

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function pass(ms: number): void {
  act(() => {
    vi.advanceTimersByTime(ms);
  });
}

it("counts the age of the data up, and stops calling it updated once polls stay away", () => {
  render(<FreshnessBadge dataUpdatedAt={NOW} hasFailed={false} />);
  expect(screen.getByText("Updated just now")).toBeDefined();
  pass(4_000);
  expect(screen.getByText("Updated 4 s ago")).toBeDefined();
  pass(116_000);
  expect(screen.getByText("Not updated for 2 min 00 s")).toBeDefined();
});

it("says since when the data is stale as soon as a poll has failed", () => {
  const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" }).format(NOW);
  render(<FreshnessBadge dataUpdatedAt={NOW} hasFailed />);
  expect(screen.getByText(`Stale since ${clock} — retrying`)).toBeDefined();
  expect(screen.queryByText(/Updated/)).toBeNull();
});

it("has no age before the first answer", () => {
  const { rerender } = render(<FreshnessBadge dataUpdatedAt={0} hasFailed={false} />);
  expect(screen.getByText("Loading…")).toBeDefined();
  rerender(<FreshnessBadge dataUpdatedAt={0} hasFailed />);
  expect(screen.getByText("No data — retrying")).toBeDefined();
});

it("names the interval, which is longer in a hidden tab", () => {
  render(<FreshnessBadge dataUpdatedAt={NOW} hasFailed={false} />);
  expect(screen.getByText("every 10 s")).toBeDefined();
  vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  act(() => {
    document.dispatchEvent(new Event("visibilitychange"));
  });
  expect(screen.getByText("every 30 s while hidden")).toBeDefined();
});
