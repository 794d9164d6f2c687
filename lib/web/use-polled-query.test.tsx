// @vitest-environment happy-dom
import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createQueryClient } from "./create-query-client";
import { usePolledQuery } from "./use-polled-query";

const queryFn = vi.fn(() => Promise.resolve("figures"));

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  cleanup();
  setVisibility("visible");
  vi.useRealTimers();
  queryFn.mockReset().mockResolvedValue("figures");
});

function setVisibility(state: "visible" | "hidden"): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  document.dispatchEvent(new Event("visibilitychange"));
}

function pass(seconds: number) {
  return act(() => vi.advanceTimersByTimeAsync(seconds * 1_000));
}

async function poll(options: Parameters<typeof usePolledQuery<string, string[]>>[1] = {}) {
  const queryClient = createQueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
  );
  const { result } = renderHook(() => usePolledQuery({ queryKey: ["figures"], queryFn }, options), { wrapper });
  await pass(0);
  queryFn.mockClear();
  return result;
}

describe("usePolledQuery", () => {
  it("asks once in every 10 s while the tab is visible", async () => {
    await poll();
    await pass(9);
    expect(queryFn).toHaveBeenCalledTimes(0);
    await pass(2);
    expect(queryFn).toHaveBeenCalledTimes(1);
    await pass(50);
    expect(queryFn).toHaveBeenCalledTimes(6);
  });

  it("slows down to 30 s in a hidden tab and keeps going", async () => {
    await poll();
    act(() => {
      setVisibility("hidden");
    });
    await pass(29);
    expect(queryFn).toHaveBeenCalledTimes(0);
    await pass(32);
    expect(queryFn).toHaveBeenCalledTimes(2);
  });

  it("catches up at once when shown again, then returns to 10 s", async () => {
    await poll();
    act(() => {
      setVisibility("hidden");
    });
    await pass(20);
    act(() => {
      setVisibility("visible");
    });
    await pass(1);
    expect(queryFn).toHaveBeenCalledTimes(1);
    await pass(10);
    expect(queryFn).toHaveBeenCalledTimes(2);
  });

  it("does not ask again for a tab that was hidden for a moment", async () => {
    await poll();
    act(() => {
      setVisibility("hidden");
    });
    await pass(3);
    act(() => {
      setVisibility("visible");
    });
    await pass(5);
    expect(queryFn).toHaveBeenCalledTimes(0);
  });

  it("asks every second while something is expected, and no longer", async () => {
    await poll({ isUrgent: (data) => data === "figures" });
    await pass(3);
    expect(queryFn).toHaveBeenCalledTimes(3);
    queryFn.mockResolvedValue("what was expected");
    await pass(1);
    queryFn.mockClear();
    await pass(9);
    expect(queryFn).toHaveBeenCalledTimes(0);
  });

  it("leaves alone what is settled, also when shown again", async () => {
    await poll({ isSettled: (data) => data === "figures" });
    await pass(60);
    act(() => {
      setVisibility("hidden");
      setVisibility("visible");
    });
    await pass(1);
    expect(queryFn).toHaveBeenCalledTimes(0);
  });

  it("keeps the last data and retries with the next poll only when an answer fails", async () => {
    const result = await poll();
    queryFn.mockRejectedValue(new Error("down"));
    await pass(11);
    expect(queryFn).toHaveBeenCalledTimes(1);
    expect(result.current).toMatchObject({ data: "figures", isError: true });
    queryFn.mockResolvedValue("new figures");
    await pass(10);
    expect(result.current).toMatchObject({ data: "new figures", isError: false });
  });
});
