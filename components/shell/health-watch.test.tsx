// @vitest-environment happy-dom
import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render, screen, waitFor } from "@testing-library/react";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createAnnouncer } from "@/lib/web/announcer";
import { AnnouncerContext } from "@/lib/web/announcer-context";
import { createQueryClient } from "@/lib/web/create-query-client";
import { aSummary } from "@/lib/web/fixtures";
import { queryKeys } from "@/lib/web/query-keys";
import { HealthWatch } from "./health-watch";
import { LiveRegion } from "./live-region";

let answer: () => Response;

beforeEach(() => {
  answer = () => Response.json(summaryWith({}));
  vi.stubGlobal("fetch", async () => answer());
  document.head.innerHTML = '<title>Servers · Holdfast</title><link rel="icon" href="/icon.svg">';
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function summaryWith(byStatus: { disconnected?: number; closed?: number }) {
  const { statusBreakdown, ...summary } = aSummary();
  return {
    ...summary,
    statusBreakdown: { ...statusBreakdown, byStatus: { ...statusBreakdown.byStatus, ...byStatus } },
  };
}

async function open() {
  const queryClient = createQueryClient();
  render(
    <QueryClientProvider client={queryClient}>
      <AnnouncerContext value={createAnnouncer()}>
        <HealthWatch />
        <LiveRegion />
      </AnnouncerContext>
    </QueryClientProvider>,
  );
  await waitFor(() => {
    expect(queryClient.getQueryData(queryKeys.health())).toBeDefined();
  });
  return (byStatus: { disconnected?: number; closed?: number }) => {
    act(() => {
      queryClient.setQueryData(queryKeys.health(), summaryWith(byStatus));
    });
  };
}

const iconHref = () => document.querySelector("link")?.getAttribute("href") ?? "";

describe("the health of the registry, away from the overview", () => {
  it("shows lost sessions in title and icon until they are back", async () => {
    const arrive = await open();
    expect(document.title).toBe("Servers · Holdfast");
    arrive({ disconnected: 2 });
    await waitFor(() => {
      expect(document.title).toMatch(/^\(2 disconnected\).Servers · Holdfast$/u);
    });
    expect(iconHref()).toMatch(/^data:image\/svg\+xml,/);
    arrive({});
    await waitFor(() => {
      expect(document.title).toBe("Servers · Holdfast");
    });
    expect(iconHref()).toBe("/icon.svg");
  });

  it("marks the title of the next page as well", async () => {
    const arrive = await open();
    arrive({ disconnected: 1 });
    document.title = "Sessions · Holdfast";
    await waitFor(() => {
      expect(document.title).toMatch(/^\(1 disconnected\).Sessions · Holdfast$/u);
    });
  });

  it("says so when the registry does not answer", async () => {
    answer = () => Response.json({}, { status: 500 });
    render(
      <QueryClientProvider client={createQueryClient()}>
        <HealthWatch />
      </QueryClientProvider>,
    );
    await waitFor(() => {
      expect(document.title).toMatch(/^⚠ Stale.Servers · Holdfast$/u);
    });
  });

  it("leaves the figures of a page that is rendered on the server to that page", () => {
    const queryClient = createQueryClient();
    renderToString(
      <QueryClientProvider client={queryClient}>
        <HealthWatch />
      </QueryClientProvider>,
    );
    expect(queryClient.getQueryState(queryKeys.health())).toBeUndefined();
  });

  it("is told to screen readers as it changes, and not as it was found", async () => {
    answer = () => Response.json(summaryWith({ closed: 5, disconnected: 1 }));
    const arrive = await open();
    const region = screen.getByRole("status", { name: "Session changes" });
    expect(region.textContent).toBe("");
    arrive({ closed: 7, disconnected: 2 });
    await waitFor(() => {
      expect(region.textContent).toBe("2 sessions ended, 1 disconnected");
    });
  });
});
