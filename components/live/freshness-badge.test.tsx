// @vitest-environment happy-dom
import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { aSession } from "@/lib/web/fixtures";
import { createQueryClient } from "@/lib/web/create-query-client";
import { FakeSocket } from "@/lib/web/live/fake-socket";
import { aHello, anUpdate } from "@/lib/web/live/fixtures";
import { FreshnessBadge } from "./freshness-badge";
import { LiveProvider } from "./live-provider";

const NOW = Date.UTC(2026, 10, 20, 12, 4, 31);

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function pass(ms: number): void {
  act(() => {
    vi.advanceTimersByTime(ms);
  });
}

it("counts the age of the data up, and stops calling it polled once polls stay away", () => {
  render(<FreshnessBadge dataUpdatedAt={NOW} hasFailed={false} />);
  expect(screen.getByText("updated just now")).toBeDefined();
  pass(4_000);
  expect(screen.getByText("updated 4 s ago")).toBeDefined();
  pass(116_000);
  expect(screen.getByText("Not updated for 2 min 00 s")).toBeDefined();
});

it("says since when the data is stale as soon as a poll has failed", () => {
  const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" }).format(NOW);
  render(<FreshnessBadge dataUpdatedAt={NOW} hasFailed />);
  expect(screen.getByText(`Stale since ${clock} — retrying`)).toBeDefined();
  expect(screen.queryByText(/updated|Live|Polling/)).toBeNull();
});

it("has no age before the first answer", () => {
  const { rerender } = render(<FreshnessBadge dataUpdatedAt={0} hasFailed={false} />);
  expect(screen.getByText("Loading…")).toBeDefined();
  rerender(<FreshnessBadge dataUpdatedAt={0} hasFailed />);
  expect(screen.getByText("No data — retrying")).toBeDefined();
});

it("names the interval, which is longer in a hidden tab", () => {
  render(<FreshnessBadge dataUpdatedAt={NOW} hasFailed={false} />);
  expect(screen.getByText("Polling every 10 s")).toBeDefined();
  vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  act(() => {
    document.dispatchEvent(new Event("visibilitychange"));
  });
  expect(screen.getByText("Polling every 30 s")).toBeDefined();
});

function renderFed() {
  vi.spyOn(Math, "random").mockReturnValue(1);
  FakeSocket.install();
  const badge = (dataUpdatedAt: number) => (
    <QueryClientProvider client={queryClient}>
      <LiveProvider>
        <FreshnessBadge dataUpdatedAt={dataUpdatedAt} hasFailed={false} />
      </LiveProvider>
    </QueryClientProvider>
  );
  const queryClient = createQueryClient();
  const { rerender } = render(badge(NOW));
  return {
    answer: (at: number) => {
      rerender(badge(at));
    },
  };
}

it("is live while the feed answers, counts down to the next attempt when it is lost, and then says that it polls", () => {
  const { answer } = renderFed();
  expect(screen.getByText("Connecting…")).toBeDefined();
  act(() => {
    FakeSocket.latest.accept(aHello(3));
  });
  expect(screen.getByText("Live")).toBeDefined();
  for (let times = 0; times < 10; times += 1) {
    pass(5_000);
    act(() => {
      FakeSocket.latest.tell(aHello(3));
    });
  }
  expect(screen.getByText("Live")).toBeDefined();
  act(() => {
    FakeSocket.latest.break();
  });
  expect(screen.getByText("Reconnecting in 2 s")).toBeDefined();
  pass(1_000);
  expect(screen.getByText("Reconnecting in 1 s")).toBeDefined();
  pass(1_000);
  expect(screen.getByText("Reconnecting…")).toBeDefined();
  answer(Date.now());
  expect(screen.getByText("Polling every 10 s")).toBeDefined();
});

it("says how much waits while it is paused", () => {
  renderFed();
  act(() => {
    FakeSocket.latest.accept(aHello(3));
  });
  fireEvent.click(screen.getByRole("button", { name: "Pause updates" }));
  expect(screen.getByText("Paused")).toBeDefined();
  act(() => {
    FakeSocket.latest.tell(anUpdate(4, aSession()), anUpdate(5, aSession()));
  });
  expect(screen.getByText("Paused · 2 updates waiting")).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: "Resume updates" }));
  expect(screen.getByText("Live")).toBeDefined();
});
