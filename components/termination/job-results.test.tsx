// @vitest-environment happy-dom
import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Termination, TerminationResult } from "@/lib/contract/termination-jobs";
import { createQueryClient } from "@/lib/web/create-query-client";
import { aResult, aTermination } from "@/lib/web/termination/termination-fixtures";
import { JobResults } from "./job-results";

const NOW = Date.parse("2026-11-20T07:00:00.000Z");
const queryClient = createQueryClient();

let results: TerminationResult[];
let readings: number;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  readings = 0;
  vi.stubGlobal("fetch", async () => {
    readings += 1;
    return Response.json({ results, nextAfter: null });
  });
});

afterEach(() => {
  cleanup();
  queryClient.clear();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const waiting = aResult({ outcome: "queued", status: "active", endReason: null, isCommanded: false, answer: null });

function jobWith(progress: Partial<Termination["progress"]>, facts: Partial<Termination> = {}): Termination {
  const none = { queued: 0, ended: 0, acknowledged: 0, failed: 0, skipped: 0 };
  return aTermination({ count: 1, state: "running", progress: { ...none, ...progress }, ...facts });
}

function overWith(progress: Partial<Termination["progress"]>, state: Termination["state"]): Termination {
  return jobWith(progress, { state, endedAt: new Date().toISOString() });
}

function pass(seconds: number) {
  return act(() => vi.advanceTimersByTimeAsync(seconds * 1_000));
}

async function open(job: Termination) {
  const show = (shown: Termination) => (
    <QueryClientProvider client={queryClient}>
      <JobResults job={shown} />
    </QueryClientProvider>
  );
  const { rerender } = render(show(job));
  await pass(0.1);
  return (next: Termination) => {
    rerender(show(next));
  };
}

const lastRow = () => screen.getAllByRole("row").at(-1)?.textContent;

describe("the results of a termination", () => {
  it("are read once more when it has ended, and no more after that", async () => {
    results = [waiting];
    const change = await open(jobWith({ queued: 1 }));
    expect(lastRow()).toContain("Waiting for its turn");
    await pass(0.9);
    results = [aResult()];
    change(overWith({ ended: 1, acknowledged: 1 }, "finished"));
    await pass(1.1);
    expect(lastRow()).toContain("Acknowledged by pid 4121 in 240 ms");
    const before = readings;
    await pass(60);
    expect(readings).toBe(before);
  });

  it("that were read before the end do not tell of it", async () => {
    results = [waiting];
    const change = await open(jobWith({ queued: 1 }));
    vi.stubGlobal("fetch", () => new Promise<Response>(() => undefined));
    change(overWith({ ended: 1, acknowledged: 1 }, "finished"));
    await pass(5);
    expect(lastRow()).toContain("Waiting for its turn");
  });

  it("tell what a cancelled one left as it was", async () => {
    results = [waiting];
    const change = await open(jobWith({ queued: 1 }));
    change(overWith({ queued: 1 }, "cancelled"));
    await pass(1.1);
    expect(lastRow()).toContain("Left as it was");
  });

  it("are read until no answer is to be expected any more", async () => {
    results = [aResult({ answer: null })];
    await open(overWith({ ended: 1 }, "finished"));
    expect(lastRow()).toContain("No answer yet");
    await pass(40);
    expect(lastRow()).toContain("No answer: refused at its next use");
    const before = readings;
    await pass(60);
    expect(readings).toBe(before);
  });
});
