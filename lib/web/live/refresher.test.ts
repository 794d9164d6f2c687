import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Refresher } from "./refresher";

const KEY = ["counts"] as const;

let queryClient: QueryClient;
let refresher: Refresher;
/** When the registry made what it answers. */
let madeAt: string;
let reads: number;
beforeEach(() => {
  vi.useFakeTimers();
  queryClient = new QueryClient();
  refresher = new Refresher(queryClient);
  madeAt = "2026-01-11T12:00:00.000Z";
  reads = 0;
});
afterEach(() => {
  queryClient.clear();
  vi.useRealTimers();
});

function show(queryFn: () => Promise<object> = async () => ({ generatedAt: madeAt })) {
  const observer = new QueryObserver(queryClient, {
    queryKey: KEY,
    queryFn: () => {
      reads += 1;
      return queryFn();
    },
    retry: false,
  });
  return observer.subscribe(() => undefined);
}

const refresh = (newerThan: string) => {
  refresher.refresh({ queryKey: KEY, gapMs: 1_000, newerThan });
};

describe("what is read anew", () => {
  it("is asked for again while the answer is from before what happened", async () => {
    show();
    await vi.advanceTimersByTimeAsync(100);
    refresh("2026-01-11T12:00:01.000Z");
    await vi.advanceTimersByTimeAsync(3_500);
    expect(reads).toBeGreaterThanOrEqual(4);
    madeAt = "2026-01-11T12:00:05.000Z";
    await vi.advanceTimersByTimeAsync(1_000);
    const settled = reads;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(reads).toBe(settled);
    expect(queryClient.getQueryData(KEY)).toEqual({ generatedAt: madeAt });
  });

  it("must be newer than the last of what happened meanwhile", async () => {
    show();
    await vi.advanceTimersByTimeAsync(100);
    refresh("2026-01-11T11:59:00.000Z");
    await vi.advanceTimersByTimeAsync(10);
    refresh("2026-01-11T12:00:01.000Z");
    refresh("2026-01-11T11:59:30.000Z");
    madeAt = "2026-01-11T12:00:00.500Z";
    await vi.advanceTimersByTimeAsync(1_500);
    madeAt = "2026-01-11T12:00:02.000Z";
    await vi.advanceTimersByTimeAsync(1_500);
    expect(queryClient.getQueryData(KEY)).toEqual({ generatedAt: madeAt });
  });

  it("is left alone once nobody looks at it, or when it cannot be had", async () => {
    const leave = show();
    await vi.advanceTimersByTimeAsync(100);
    leave();
    refresh("2026-01-11T12:00:01.000Z");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(reads).toBe(1);
    show(() => Promise.reject(new Error("away")));
    await vi.advanceTimersByTimeAsync(100);
    const before = reads;
    refresh("2026-01-11T12:00:01.000Z");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(reads).toBeLessThanOrEqual(before + 1);
  });
});
